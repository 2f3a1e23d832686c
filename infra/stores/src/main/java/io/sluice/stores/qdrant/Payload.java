package io.sluice.stores.qdrant;

import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.product.VectorStore.Hit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload of a point: what a search returns and filters by, and the version. */
final class Payload {
    static final String PRODUCT_ID = "product_id";
    static final String VERSION = "version";
    static final String METADATA = "metadata";
    private static final String INDEX = "index";
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String IMAGE = "image";
    private static final String SHA256 = "sha256";
    private static final String CONTENT_TYPE = "content_type";

    private Payload() {}

    static Map<String, Value> of(String index, ProductSaved product, long version) {
        var payload = new HashMap<String, Value>();
        payload.put(PRODUCT_ID, value(product.productId()));
        payload.put(INDEX, value(index));
        payload.put(VERSION, value(version));
        payload.put(NAME, value(product.name()));
        payload.put(DESCRIPTION, value(product.description()));
        payload.put(METADATA, toValue(product.metadata().values()));
        if (product.image() != null) {
            payload.put(
                    IMAGE,
                    value(Map.of(
                            SHA256, value(product.image().sha256()),
                            CONTENT_TYPE, value(product.image().contentType()))));
        }
        return payload;
    }

    static Hit hit(ScoredPoint point) {
        var payload = point.getPayloadMap();
        var image = payload.get(IMAGE);
        return new Hit(
                text(payload, PRODUCT_ID),
                text(payload, NAME),
                text(payload, DESCRIPTION),
                Metadata.of(fields(payload.getOrDefault(METADATA, Value.getDefaultInstance()))),
                image == null ? null : text(image.getStructValue().getFieldsMap(), SHA256),
                point.getScore());
    }

    private static String text(Map<String, Value> fields, String name) {
        return fields.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }

    private static Map<String, @Nullable Object> fields(Value value) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        value.getStructValue().getFieldsMap().forEach((name, field) -> fields.put(name, toJava(field)));
        return fields;
    }

    private static Value toValue(@Nullable Object json) {
        return switch (json) {
            case null -> nullValue();
            case String text -> value(text);
            case Boolean truth -> value((boolean) truth);
            case Long number -> value((long) number);
            case Integer number -> value(number.longValue());
            case Short number -> value(number.longValue());
            case Byte number -> value(number.longValue());
            case BigInteger number when number.bitLength() < Long.SIZE -> value(number.longValue());
            case Number number -> value(number.doubleValue());
            case List<?> items -> list(items.stream().map(Payload::toValue).toList());
            case Map<?, ?> map -> toValue(map);
            default -> throw new IllegalArgumentException("not a JSON value: " + json.getClass());
        };
    }

    private static Value toValue(Map<?, ?> map) {
        var fields = new HashMap<String, Value>();
        map.forEach((name, item) -> fields.put(String.valueOf(name), toValue(item)));
        return value(fields);
    }

    private static @Nullable Object toJava(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INTEGER_VALUE -> value.getIntegerValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case STRUCT_VALUE -> fields(value);
            case LIST_VALUE -> {
                var items = new ArrayList<@Nullable Object>();
                value.getListValue().getValuesList().forEach(item -> items.add(toJava(item)));
                yield items;
            }
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }
}
