package io.sluice.qdrant.protocol;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;

/**
 * Refuses requests with fields that this server does not support. A stand-in that ignored such a field would give wrong
 * answers, and nobody would notice before production. So {@link FieldRules} lists the supported fields of every
 * message. A request with another field is answered UNIMPLEMENTED, with the field's name or number.
 */
public final class SupportedFields {
    private SupportedFields() {}

    /** Refuses a request that sets a field, at any depth, which is not supported. */
    public static void require(Message request) {
        check(request, request.getDescriptorForType().getName());
    }

    private static void check(Message message, String path) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            var number = message.getUnknownFields().asMap().keySet().iterator().next();
            throw Rejection.unsupported("field number %d of %s, which is newer than it".formatted(number, path));
        }
        var rule = FieldRules.of(message.getDescriptorForType());
        message.getAllFields().forEach((field, value) -> {
            var name = path + "." + field.getName();
            if (!rule.allows(field)) {
                throw Rejection.unsupported("the field %s".formatted(name));
            }
            checkValue(field, value, name);
        });
    }

    private static void checkValue(FieldDescriptor field, Object value, String name) {
        if (field.getJavaType() == JavaType.MESSAGE) {
            (field.isRepeated() ? (List<?>) value : List.of(value)).forEach(inner -> check((Message) inner, name));
        } else if (field.getJavaType() == JavaType.ENUM) {
            (field.isRepeated() ? (List<?>) value : List.of(value))
                    .forEach(inner -> checkEnum((EnumValueDescriptor) inner, name));
        }
    }

    private static void checkEnum(EnumValueDescriptor value, String name) {
        var known = value.getType().findValueByNumber(value.getNumber());
        if (known == null) {
            throw Rejection.unsupported("value %d of %s, which is newer than it".formatted(value.getNumber(), name));
        }
    }

    /** The fields that one kind of message may have. */
    record Rule(Descriptor message, List<String> allowed) {
        boolean allows(FieldDescriptor field) {
            return message.getOptions().getMapEntry() || allowed.contains(field.getName());
        }
    }
}
