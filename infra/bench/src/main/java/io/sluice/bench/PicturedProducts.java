package io.sluice.bench;

import io.sluice.bench.load.Pictures;
import io.sluice.bench.load.ProductTexts;
import io.sluice.bench.load.SampleModel;
import io.sluice.client.http.FileInMemory;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes products with pictures, no two of them alike. Drawing takes longer than embedding. So only some pictures are drawn,
 * and each copy of one gets a comment of its own: its bytes and its hash differ, and it decodes to the same picture.
 */
final class PicturedProducts {
    private static final int DRAWN = 24;
    /** The length of the JPEG start marker; the comment follows it. */
    private static final int START = 2;

    private static final byte[] COMMENT = {(byte) 0xFF, (byte) 0xFE, 0, 10};

    private final List<byte[]> drawn;
    private int taken;

    private final SampleModel model;

    /** Draws pictures of this size in pixels. The model decides how long the texts are. */
    PicturedProducts(SampleModel model, int width, int height) {
        this.model = model;
        this.drawn = IntStream.range(0, DRAWN)
                .parallel()
                .mapToObj(i -> Pictures.jpeg(i, width, height))
                .toList();
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
            var picture = new FileInMemory(id + ".jpg", "image/jpeg", withComment(drawn.get(number % DRAWN), number));
            items.add(new Item(product(id, model.productName(id), model.description(id)), picture));
        }
        return items;
    }

    /** {@return the mean size of a picture's file, in KB} */
    double kilobytes() {
        return drawn.stream().mapToInt(file -> file.length).average().orElseThrow() / 1024;
    }

    /** {@return a product without a picture} */
    static ProductSaved product(String id) {
        return product(id, ProductTexts.name(id.hashCode()), ProductTexts.description(id));
    }

    private static ProductSaved product(String id, String name, String description) {
        var metadata = Map.<String, @Nullable Object>of("sku", "SKU-" + id, "color", ProductTexts.color(id.hashCode()));
        return new ProductSaved(id, name, description, Metadata.of(metadata), null);
    }

    private static byte[] withComment(byte[] jpeg, long number) {
        var bytes = new ByteArrayOutputStream(jpeg.length + COMMENT.length + Long.BYTES);
        bytes.write(jpeg, 0, START);
        bytes.writeBytes(COMMENT);
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        bytes.write(jpeg, START, jpeg.length - START);
        return bytes.toByteArray();
    }
}
