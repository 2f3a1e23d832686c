package io.sluice.stores.qdrant;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.stores.product.VectorStore;
import jakarta.inject.Singleton;

/** The vector store as a bean. It connects at its first use. */
@Factory
final class QdrantBeans {
    @Singleton
    @Bean(preDestroy = "close")
    QdrantConnection connection(QdrantConfig config) {
        return new QdrantConnection(config);
    }

    @Singleton
    VectorStore vectors(QdrantConnection connection) {
        return new QdrantVectorStore(connection);
    }
}
