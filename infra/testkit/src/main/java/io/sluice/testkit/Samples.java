package io.sluice.testkit;

import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Sample events for tests. The same arguments always make the same event. */
public final class Samples {
    private static final List<String> COLORS = List.of("red", "green", "blue", "black", "white");
    private static final List<String> THINGS = List.of("lamp", "chair", "kettle", "bicycle", "umbrella", "backpack");

    private Samples() {}

    /** {@return a product without an image} */
    public static ProductSaved product(String id) {
        var color = COLORS.get(Math.floorMod(id.hashCode(), COLORS.size()));
        var thing = THINGS.get(Math.floorMod(id.hashCode() / COLORS.size(), THINGS.size()));
        return new ProductSaved(
                id,
                "A " + color + " " + thing,
                "This " + thing + " is " + color + " and made to last.",
                new Metadata(Map.of("color", color)),
                null);
    }

    /** {@return the same product with another name} */
    public static ProductSaved product(String id, String name) {
        var first = product(id);
        return new ProductSaved(id, name, first.description(), first.metadata(), null);
    }

    /** {@return a product with this image, which need not exist} */
    public static ProductSaved productWithImage(String id, StoredObject image) {
        var first = product(id);
        return new ProductSaved(id, first.name(), first.description(), first.metadata(), image);
    }

    /** {@return this many products: {@code p-0}, {@code p-1} and so on} */
    public static List<ProductSaved> products(int count) {
        return IntStream.range(0, count).mapToObj(i -> product("p-" + i)).toList();
    }

    /** {@return a claim check for an image that does not exist} */
    public static StoredObject image() {
        var sha256 = "0123456789abcdef".repeat(4);
        return new StoredObject("sluice", "products/" + sha256, sha256, "image/png", 1234);
    }

    /** {@return the product with vectors of length 1, which depend only on the product} */
    public static ProductVectors vectors(ProductSaved product, int dimension) {
        return new ProductVectors(
                product,
                "builtin",
                Map.of(ProductVectors.TEXT, dimension),
                Map.of(ProductVectors.TEXT, unit(product.hashCode(), dimension)));
    }

    /** {@return a random vector of length 1; the same seed makes the same vector} */
    public static Embedding unit(long seed, int dimension) {
        var random = new Random(seed);
        var components = new float[dimension];
        var squares = 0.0;
        for (var i = 0; i < dimension; i++) {
            components[i] = (float) random.nextGaussian();
            squares += components[i] * components[i];
        }
        for (var i = 0; i < dimension; i++) {
            components[i] /= (float) Math.sqrt(squares);
        }
        return Embedding.of(components);
    }
}
