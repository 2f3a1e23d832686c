package io.sluice.bench;

import io.sluice.bench.load.DistinctJpegs;
import io.sluice.bench.load.ProductTexts;
import io.sluice.bench.load.SampleModel;
import io.sluice.client.http.FileInMemory;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes products with pictures, no two of them alike. */
final class PicturedProducts {
    private static final int DRAWN = 24;

    private final DistinctJpegs pictures;
    private int taken;

    private final SampleModel model;

    /** Draws pictures of this size in pixels. The model decides how long the texts are. */
    PicturedProducts(SampleModel model, int width, int height) {
        this.model = model;
        this.pictures = DistinctJpegs.draw(DRAWN, width, height);
    }

    /**
     * A product and the file of its picture.
     *
     * @param product without its picture
     */
    record Item(ProductSaved product, FileInMemory picture) {
        ProductSaved with(StoredObject image) {
            return new ProductSaved(
                    product.productId(), product.name(), product.description(), product.metadata(), image);
        }

        /** {@return the text that a model reads} */
        String text() {
            return product.name() + ". " + product.description();
        }
    }

    /** {@return the next products} */
    List<Item> take(int count) {
        var items = new ArrayList<Item>(count);
        for (int i = 0; i < count; i++) {
            var number = taken++;
            var id = "bench-" + number;
            var picture = new FileInMemory(id + ".jpg", "image/jpeg", pictures.file(number));
            items.add(new Item(product(id, model.productName(id), model.description(id)), picture));
        }
        return items;
    }

    /** {@return the mean size of a picture's file, in KB} */
    double kilobytes() {
        return pictures.kilobytes();
    }

    /** {@return a product without a picture} */
    static ProductSaved product(String id) {
        return product(id, ProductTexts.name(id.hashCode()), ProductTexts.description(id));
    }

    private static ProductSaved product(String id, String name, String description) {
        var metadata = Map.<String, @Nullable Object>of("sku", "SKU-" + id, "color", ProductTexts.color(id.hashCode()));
        return new ProductSaved(id, name, description, Metadata.of(metadata), null);
    }
}
