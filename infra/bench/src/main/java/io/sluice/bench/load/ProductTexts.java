package io.sluice.bench.load;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes texts of products. The same number or id always makes the same text, and no two make the same one. */
public final class ProductTexts {
    private static final List<String> VOCABULARY = List.of(
            "red",
            "blue",
            "green",
            "matte",
            "folding",
            "ceramic",
            "wooden",
            "steel",
            "linen",
            "light",
            "large",
            "running",
            "garden",
            "kitchen",
            "travel",
            "chair",
            "mug",
            "shoe",
            "lamp",
            "bottle",
            "backpack",
            "umbrella",
            "bicycle",
            "watch",
            "pan",
            "guitar",
            "tent",
            "vase");
    private static final int NAME = 4;
    private static final int DESCRIPTION = 12;

    private ProductTexts() {}

    /** {@return some words to search for; the last one is the number} */
    public static String words(long number) {
        return words(number, NAME) + " " + number;
    }

    /** {@return the form fields of a product} */
    public static Map<String, String> fields(String id) {
        var seed = id.hashCode();
        return Map.of(
                "product_id",
                id,
                "name",
                name(seed),
                "description",
                description(id),
                "metadata",
                "{\"sku\":\"SKU-" + id + "\",\"color\":\"" + color(seed) + "\"}");
    }

    public static String name(long seed) {
        return words(seed, NAME);
    }

    /** {@return about sixteen words, of which the id is one} */
    public static String description(String id) {
        return words(~(long) id.hashCode(), DESCRIPTION) + ", article " + id;
    }

    public static String color(long seed) {
        return VOCABULARY.get((int) Math.floorMod(seed, 3L));
    }

    /** {@return random words that follow from the seed} */
    public static String words(long seed, int count) {
        var random = new Random(seed);
        return random.ints(count, 0, VOCABULARY.size())
                .mapToObj(VOCABULARY::get)
                .collect(Collectors.joining(" "));
    }
}
