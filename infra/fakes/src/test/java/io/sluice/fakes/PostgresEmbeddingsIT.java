package io.sluice.fakes;

import io.micronaut.context.ApplicationContext;
import io.sluice.stores.embeddings.EmbeddingCache;
import io.sluice.testkit.TestStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class PostgresEmbeddingsIT extends EmbeddingCacheContract {
    private final List<ApplicationContext> contexts = new ArrayList<>();
    private final EmbeddingCache cache = cacheAt(TestStack.postgres().url());

    @AfterEach
    void stop() {
        contexts.forEach(ApplicationContext::close);
    }

    @Override
    EmbeddingCache cache() {
        return cache;
    }

    @Override
    EmbeddingCache away() {
        return cacheAt("jdbc:postgresql://127.0.0.1:1/sluice");
    }

    private EmbeddingCache cacheAt(String url) {
        var context = ApplicationContext.run(Map.of("database.url", url));
        contexts.add(context);
        return context.getBean(EmbeddingCache.class);
    }
}
