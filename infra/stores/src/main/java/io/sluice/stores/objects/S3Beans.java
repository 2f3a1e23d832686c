package io.sluice.stores.objects;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The object store as a bean. It connects at its first use. */
@Factory
final class S3Beans {
    @Singleton
    @Bean(preDestroy = "close", typed = ObjectStore.class)
    S3ObjectStore objects(S3Config config) {
        return new S3ObjectStore(config);
    }
}
