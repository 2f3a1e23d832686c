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

/** Products as points, one set of them for each index; searches are answered from one index at a time. */
public interface VectorStore extends Dependency {
    /**
     * Makes the index's collection when it is missing, and the alias {@code products} when nothing has it yet.
     *
     * @param dimensions by vector name
     * @throws IndexMismatchException when the collection exists with other dimensions; the message names the remedy
     */
    void prepare(String index, Map<String, Integer> dimensions);

    /** {@return the dimensions of an index's vectors by name; empty while it is not there} */
    Optional<Map<String, Integer>> dimensions(String index);

    /** {@return the index that has the alias {@code products}, which searches are to read; empty before the first was prepared} */
    Optional<String> servedIndex();

    /** A point to write. */
    record Point(ProductVectors vectors, long version) {}

    /** Writes points, each unless a newer version is there; returns when the store has completed it. */
    void upsert(String index, List<Point> points);

    /** A product to take out. */
    record Removal(String productId, long version) {}

    /** Takes points out, each unless a newer version is there; returns when the store has completed it. */
    void delete(String index, Collection<Removal> removals);

    /**
     * What to search for.
     *
     * @param vectors what to be near to, by vector name; several are fused by reciprocal rank
     * @param filter exact matches on metadata, all of which must hold; a name is one key of the metadata, whatever
     *     characters it has except the quotation mark
     * @param limit at most this many hits
     */
    record Query(Map<String, Embedding> vectors, Map<String, String> filter, int limit) {}

    /**
     * One product found.
     *
     * @param imageSha256 of its picture; null when it has none
     * @param score of the nearest vector, or of the fusion; larger is better
     */
    record Hit(
            String productId,
            String name,
            String description,
            Metadata metadata,
            @Nullable String imageSha256,
            float score) {}

    /** {@return hits of the index, best first; none while it does not exist} */
    List<Hit> search(String index, Query query);

    /** An index was made for other vectors. */
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
