package io.sluice.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** About sixty products, the same every time, in three lots: one for each way into Sluice. */
final class SampleCatalogue {
    private static final Map<Thing, String> FRENCH = Map.of(
            Thing.CHAIR, "Chaise en bois verte",
            Thing.MUG, "Tasse à café verte",
            Thing.LAMP, "Lampe de bureau verte",
            Thing.VASE, "Vase à fleurs vert");

    private final List<SampleProduct> products;

    SampleCatalogue() {
        var products = new ArrayList<SampleProduct>();
        for (var thing : Thing.values()) {
            for (var paint : Paint.values()) {
                products.add(product(products.size(), thing, paint));
            }
        }
        this.products = List.copyOf(products);
    }

    private static SampleProduct product(int number, Thing thing, Paint paint) {
        var french = paint == Paint.GREEN ? FRENCH.get(thing) : null;
        var english =
                Character.toUpperCase(paint.word().charAt(0)) + paint.word().substring(1) + " " + thing.words();
        var metadata = "{\"sku\":\"DEMO-%03d\",\"color\":\"%s\",\"price\":%d,\"language\":\"%s\"}"
                .formatted(number, paint.word(), 10 + number, french == null ? "en" : "fr");
        return new SampleProduct(
                "demo-%03d".formatted(number),
                thing,
                french == null ? english : french,
                thing.purpose() + ".",
                metadata,
                // yellow things have no picture: they come by the synchronous call and straight through Kafka
                paint == Paint.YELLOW ? null : Drawing.draw(thing, paint, number));
    }

    List<SampleProduct> all() {
        return products;
    }

    /** {@return the products with a picture} */
    List<SampleProduct> byAsyncCall() {
        return products.stream().filter(SampleProduct::isPictured).toList();
    }

    /** {@return the products without a picture that come by the synchronous call} */
    List<SampleProduct> bySyncCall() {
        var plain = plain();
        return plain.subList(0, plain.size() / 2);
    }

    /** {@return the products without a picture that an upstream system writes straight to the topic} */
    List<SampleProduct> byKafka() {
        var plain = plain();
        return plain.subList(plain.size() / 2, plain.size());
    }

    private List<SampleProduct> plain() {
        return products.stream().filter(product -> !product.isPictured()).toList();
    }
}
