package io.sluice.fakes;

import io.micronaut.context.ApplicationContext;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.TestStack;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class S3ObjectsIT extends ObjectStoreContract {
    private static final ApplicationContext STORES =
            ApplicationContext.run(Map.of("s3.endpoint", TestStack.s3().url()));

    @AfterAll
    static void stop() {
        STORES.close();
    }

    @Override
    ObjectStore store() {
        return STORES.getBean(ObjectStore.class);
    }
}
