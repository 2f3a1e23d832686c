package io.sluice.qdrant.payload;

import io.qdrant.client.grpc.JsonWithInt;
import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Payloads for tests, written as Java values. */
public final class Json {
    private Json() {}

    /** {@return a payload of these names and values, which alternate} */
    public static Map<String, Value> payload(Object... namesAndValues) {
        var payload = new LinkedHashMap<String, Value>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            payload.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return payload;
    }

    /** Represents null, which varargs of non-null values cannot hold. */
    public enum Null {
        /** JSON's null. */
        NULL
    }

    /** {@return the protocol's form of a value} */
    public static Value value(Object value) {
        var wire = Value.newBuilder();
        return switch (value) {
            case Null _ -> wire.setNullValue(JsonWithInt.NullValue.NULL_VALUE).build();
            case String text -> wire.setStringValue(text).build();
            case Integer number -> wire.setIntegerValue(number).build();
            case Double number -> wire.setDoubleValue(number).build();
            case Boolean bool -> wire.setBoolValue(bool).build();
            case List<?> list ->
                wire.setListValue(ListValue.newBuilder()
                                .addAllValues(list.stream().map(Json::value).toList()))
                        .build();
            case Map<?, ?> map -> {
                var struct = JsonWithInt.Struct.newBuilder();
                map.forEach((name, member) -> struct.putFields((String) name, value(member)));
                yield wire.setStructValue(struct).build();
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value);
        };
    }
}
