package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import io.sluice.qdrant.protocol.Rejection;

/**
 * Payload indexes. They are declarations only: filters read the payload itself, and an index does not change their
 * answers. Text and geo indexes would change answers, so they are refused.
 */
public final class FieldIndexes {
    private FieldIndexes() {}

    /** {@return the type a request declares, by name or by its parameters} */
    public static FieldType type(CreateFieldIndexCollection request) {
        if (!request.hasFieldType() && !request.hasFieldIndexParams()) {
            throw Rejection.malformed("Field type is missing");
        }
        var type = switch (request.getFieldIndexParams().getIndexParamsCase()) {
            case KEYWORD_INDEX_PARAMS -> FieldType.FieldTypeKeyword;
            case INTEGER_INDEX_PARAMS -> FieldType.FieldTypeInteger;
            case FLOAT_INDEX_PARAMS -> FieldType.FieldTypeFloat;
            case BOOL_INDEX_PARAMS -> FieldType.FieldTypeBool;
            case DATETIME_INDEX_PARAMS -> FieldType.FieldTypeDatetime;
            case UUID_INDEX_PARAMS -> FieldType.FieldTypeUuid;
            case TEXT_INDEX_PARAMS -> FieldType.FieldTypeText;
            case GEO_INDEX_PARAMS -> FieldType.FieldTypeGeo;
            case INDEXPARAMS_NOT_SET -> request.getFieldType();
        };
        return switch (type) {
            case FieldTypeText, FieldTypeGeo, UNRECOGNIZED -> throw Rejection.unsupported("field_type " + type);
            default -> type;
        };
    }

    /** {@return the type as the description of a collection shows it} */
    public static PayloadSchemaType schemaType(FieldType type) {
        return switch (type) {
            case FieldTypeKeyword -> PayloadSchemaType.Keyword;
            case FieldTypeInteger -> PayloadSchemaType.Integer;
            case FieldTypeFloat -> PayloadSchemaType.Float;
            case FieldTypeGeo -> PayloadSchemaType.Geo;
            case FieldTypeText -> PayloadSchemaType.Text;
            case FieldTypeBool -> PayloadSchemaType.Bool;
            case FieldTypeDatetime -> PayloadSchemaType.Datetime;
            case FieldTypeUuid -> PayloadSchemaType.Uuid;
            case UNRECOGNIZED -> PayloadSchemaType.UnknownType;
        };
    }
}
