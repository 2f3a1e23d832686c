package io.sluice.stores.product;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductVectors;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores products as points, in one set of points for each index. A search reads one index. */
public interface VectorStore extends Dependency {
    /**
     * Creates the collection of the index if it is missing, and the alias {@code products} if it does not exist yet.
     *
     * @param dimensions how many components each vector has, by vector name
     * @throws IndexMismatchException when the collection exists with other dimensions; the message says what to do
     */
    void prepare(String index, Map<String, Integer> dimensions);

    /** {@return the dimensions of an index's vectors, by name; empty while the index does not exist} */
    Optional<Map<String, Integer>> dimensions(String index);

    /**
     * The index that searches read.
     *
     * @param name its name; the name of the collection when the collection was not made by {@link #prepare}
     * @param collection the name of its collection
     */
    record ServedIndex(String name, String collection) {}

    /** {@return the index that the alias {@code products} points at; empty before any index was prepared} */
    Optional<ServedIndex> servedIndex();

    /** A point to write. */
    record Point(ProductVectors vectors, long version) {}

    /**
     * Writes points, except those that the store has in a newer version. Returns when the store has completed the
     * write.
     */
    void upsert(String index, List<Point> points);

    /** A product to remove. */
    record Removal(String productId, long version) {}

    /**
     * Removes points, except those that the store has in a newer version. Returns when the store has completed the
     * write.
     */
    void delete(String index, Collection<Removal> removals);

    /**
     * What to search for.
     *
     * @param vectors search for points near these, by vector name; the results of several are fused by reciprocal rank
     * @param filters exact matches on metadata, which must all hold
     * @param limit at most this many hits
     */
    record Query(Map<String, Embedding> vectors, List<MetadataFilter> filters, int limit) {}

    /**
     * A product that was found.
     *
     * @param imageSha256 SHA-256 of its image; null when it has none
     * @param score similarity of the nearest vector, or score of the fusion; larger is better
     */
    record Hit(
            String productId,
            String name,
            String description,
            Metadata metadata,
            @Nullable String imageSha256,
            float score) {}

    /** {@return hits in the index, best first; none while the index does not exist} */
    List<Hit> search(String index, Query query);

    /**
     * Searches the index that was served when the caller asked. The hits come from that index, even if another one is
     * served since then.
     */
    List<Hit> search(ServedIndex served, Query query);

    /** The index was made for vectors of other dimensions. */
    final class IndexMismatchException extends IllegalStateException {
        public IndexMismatchException(String index, Map<String, Integer> actual, Map<String, Integer> wanted) {
            super(
                    "Index '%s' holds vectors of %s dimensions, and the model makes %s: set EMBEDDER_MODEL to the model that the index was made with, or begin anew with empty stores (locally: another SLUICE_DATA_DIR)"
                            .formatted(index, sizes(actual), sizes(wanted)));
        }

        private static String sizes(Map<String, Integer> dimensions) {
            return new TreeMap<>(dimensions)
                    .entrySet().stream()
                            .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                            .collect(Collectors.joining(" and "));
        }
    }
}
