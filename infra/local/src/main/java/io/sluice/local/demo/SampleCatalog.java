package io.sluice.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** About sixty products, the same every time, in three groups: one for each way into Sluice. */
final class SampleCatalog {
    private static final Map<SampleKind, String> FRENCH = Map.of(
            SampleKind.CHAIR, "Chaise en bois verte",
            SampleKind.MUG, "Tasse à café verte",
            SampleKind.LAMP, "Lampe de bureau verte",
            SampleKind.VASE, "Vase à fleurs vert");

    private final List<SampleProduct> products;

    SampleCatalog() {
        var products = new ArrayList<SampleProduct>();
        for (var kind : SampleKind.values()) {
            for (var color : SampleColor.values()) {
                products.add(product(products.size(), kind, color));
            }
        }
        this.products = List.copyOf(products);
    }

    private static SampleProduct product(int number, SampleKind kind, SampleColor color) {
        var french = color == SampleColor.GREEN ? FRENCH.get(kind) : null;
        var english =
                Character.toUpperCase(color.word().charAt(0)) + color.word().substring(1) + " " + kind.words();
        var metadata = "{\"sku\":\"DEMO-%03d\",\"color\":\"%s\",\"price\":%d,\"language\":\"%s\"}"
                .formatted(number, color.word(), 10 + number, french == null ? "en" : "fr");
        return new SampleProduct(
                "demo-%03d".formatted(number),
                kind,
                french == null ? english : french,
                kind.purpose() + ".",
                metadata,
                // yellow products have no picture: they are sent by the synchronous call and through Kafka
                color == SampleColor.YELLOW ? null : SamplePictures.draw(kind, color, number));
    }

    List<SampleProduct> all() {
        return products;
    }

    /** {@return the products with a picture} */
    List<SampleProduct> byAsyncCall() {
        return products.stream().filter(SampleProduct::isPictured).toList();
    }

    /** {@return the products without a picture that are sent by the synchronous call} */
    List<SampleProduct> bySyncCall() {
        var plain = plain();
        return plain.subList(0, plain.size() / 2);
    }

    /** {@return the products without a picture that an upstream system writes to the topic} */
    List<SampleProduct> byKafka() {
        var plain = plain();
        return plain.subList(plain.size() / 2, plain.size());
    }

    private List<SampleProduct> plain() {
        return products.stream().filter(product -> !product.isPictured()).toList();
    }
}
