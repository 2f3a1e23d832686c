package io.sluice.rekognizer.aws;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.rekognizer.AwsConfig;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.RekognitionConfig;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Rekognition as a bean. It connects at its first use. */
@Factory
final class AwsBeans {
    @Singleton
    @Named(FaceService.UNLIMITED)
    @Bean(preDestroy = "close", typed = FaceService.class)
    AwsFaceService faces(AwsConfig aws, EndpointConfig endpoint, RekognitionConfig rekognition, Clock clock) {
        return new AwsFaceService(rekognition.collection(), () -> RekognitionClients.client(aws, endpoint), clock);
    }
}
