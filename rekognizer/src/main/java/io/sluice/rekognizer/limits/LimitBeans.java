package io.sluice.rekognizer.limits;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.sluice.rekognizer.AwsConfig;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.RekognitionConfig;
import io.sluice.stores.limits.CallPermitTable;
import io.sluice.stores.limits.CallRateTable;
import io.sluice.stores.limits.CallRateTable.Limits;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The face service that the pipelines use, within the limits of the account. */
@Factory
final class LimitBeans {
    private static final String API = "rekognition";

    @Singleton
    @Bean(preDestroy = "close")
    CallPermits permits(@Named(Postgres.FOR_CACHE) Postgres postgres, AwsConfig aws) {
        return new CallPermits(new LeasedPermits(
                        new CallPermitTable(postgres, API), UUID.randomUUID().toString(), aws.concurrentRequests()))
                .start();
    }

    @Singleton
    CallPace pace(@Named(Postgres.FOR_CACHE) Postgres postgres, RekognitionConfig config) {
        return new CallPace(new CallRateTable(postgres, API), new Limits(config.tps(), config.dailyCalls()));
    }

    @Singleton
    @Primary
    FaceService limited(
            @Named(FaceService.UNLIMITED) FaceService provider,
            CallPermits permits,
            CallPace pace,
            MeterRegistry registry) {
        return new LimitedFaceService(
                provider,
                permits,
                pace,
                new CallMeters(registry).watch(permits, pace),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
