package io.sluice.indexer;

import io.sluice.imports.kind.ImportKind;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.imports.RowStore.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a product from a row. Metadata and the image that the row does not mention stay as they were. */
final class RowProduct {
    private RowProduct() {}

    /**
     * Makes the product.
     *
     * @param before the product in the ledger; null when the ledger has none
     * @throws io.sluice.schemas.event.InvalidEventException when the row has a value that no product may have
     */
    static ProductSaved of(Row row, @Nullable ProductSaved before) {
        var fields = row.data().fields();
        return new ProductSaved(
                row.key(),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("description", ""),
                metadata(fields, before),
                before == null ? null : before.image());
    }

    private static Metadata metadata(Map<String, String> fields, @Nullable ProductSaved before) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        if (before != null) {
            values.putAll(before.metadata().values());
        }
        fields.forEach((name, value) -> {
            if (name.startsWith(ImportKind.METADATA)) {
                var key = name.substring(ImportKind.METADATA.length());
                if (value.isEmpty()) {
                    values.remove(key);
                } else {
                    values.put(key, value);
                }
            }
        });
        return Metadata.of(values);
    }
}
