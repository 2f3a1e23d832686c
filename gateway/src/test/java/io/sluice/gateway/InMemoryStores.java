package io.sluice.gateway;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.StoredObject;
import io.sluice.stores.ledger.ProductLedger;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.vectors.VectorStore;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stores as maps, each of which can be told to be away; for tests that ask for them. */
@Factory
@Requires(property = "test.stores", value = "memory")
final class InMemoryStores {
    @Singleton
    @Primary
    Ledger ledger() {
        return new Ledger();
    }

    @Singleton
    @Primary
    Objects objects() {
        return new Objects();
    }

    @Singleton
    @Primary
    Vectors vectors() {
        return new Vectors();
    }

    /** What every one of them can do. */
    abstract static class Away {
        volatile boolean away;

        void answer() {
            if (away) {
                throw new IllegalStateException("away, as the test wants it");
            }
        }

        public String name() {
            return "fake";
        }

        public void probe() {
            answer();
        }
    }

    static final class Ledger extends Away implements ProductLedger {
        final Map<String, Known> products = new ConcurrentHashMap<>();

        void put(ProductSaved product, long version) {
            products.put(product.productId(), new Known(product, version));
        }

        @Override
        public Set<String> save(List<Entry> entries) {
            throw new UnsupportedOperationException("the gateway does not write");
        }

        @Override
        public Set<String> markIndexed(String index, Collection<Entry> entries) {
            throw new UnsupportedOperationException("the gateway does not write");
        }

        @Override
        public Map<String, Long> tombstones(Collection<String> productIds) {
            throw new UnsupportedOperationException("the gateway does not ask");
        }

        @Override
        public Optional<Known> find(String productId) {
            answer();
            return Optional.ofNullable(products.get(productId));
        }
    }

    static final class Objects extends Away implements ObjectStore {
        final Map<String, byte[]> objects = new ConcurrentHashMap<>();

        @Override
        public StoredObject put(String folder, byte[] bytes, String contentType) {
            answer();
            var sha256 = sha256(bytes);
            var key = folder + "/" + sha256;
            objects.put(key, bytes.clone());
            return new StoredObject("test", key, sha256, contentType, bytes.length);
        }

        @Override
        public byte[] get(StoredObject object, long maxBytes) {
            answer();
            var bytes = objects.get(object.key());
            if (bytes == null) {
                throw new ObjectMissingException(object);
            }
            return bytes.clone();
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    static final class Vectors extends Away implements VectorStore {
        final List<Query> queries = new CopyOnWriteArrayList<>();
        volatile List<Hit> hits = List.of();

        @Override
        public void prepare(String index, Map<String, Integer> dimensions) {
            throw new UnsupportedOperationException("the gateway does not write");
        }

        @Override
        public void upsert(String index, List<Point> points) {
            throw new UnsupportedOperationException("the gateway does not write");
        }

        @Override
        public void delete(String index, Collection<Removal> removals) {
            throw new UnsupportedOperationException("the gateway does not write");
        }

        @Override
        public List<Hit> search(Query query) {
            answer();
            queries.add(query);
            return hits;
        }
    }
}
