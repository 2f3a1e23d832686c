package io.sluice.fakes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stores.objects.ObjectStore;
import org.junit.jupiter.api.Test;

class InMemoryObjectsTest extends ObjectStoreContract {
    private final InMemoryObjects store = new InMemoryObjects();

    @Override
    ObjectStore store() {
        return store;
    }

    @Test
    void failsWithTheGivenException() {
        var away = new IllegalStateException("away");
        store.failWith(away);

        assertThatThrownBy(() -> store.put("products", new byte[1], "image/png"))
                .isSameAs(away);
        assertThatThrownBy(store::probe).isSameAs(away);
    }
}
