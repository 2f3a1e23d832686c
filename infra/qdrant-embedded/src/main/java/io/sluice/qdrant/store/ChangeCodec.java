package io.sluice.qdrant.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qdrant.client.grpc.Collections;
import io.qdrant.client.grpc.Points;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Encodes a change for the journal: one byte for its kind, then the request as protobuf. The number of a kind never
 * changes.
 */
final class ChangeCodec {
    private ChangeCodec() {}

    static byte[] encode(Change change) {
        var body = change.request().toByteArray();
        return ByteBuffer.allocate(1 + body.length).put(kind(change)).put(body).array();
    }

    private static byte kind(Change change) {
        return switch (change) {
            case Change.CreateCollection _ -> 1;
            case Change.DeleteCollection _ -> 2;
            case Change.ChangeAlias _ -> 3;
            case Change.Upsert _ -> 4;
            case Change.Delete _ -> 5;
            case Change.SetPayload _ -> 6;
            case Change.OverwritePayload _ -> 7;
            case Change.DeletePayload _ -> 8;
            case Change.ClearPayload _ -> 9;
            case Change.CreateIndex _ -> 10;
            case Change.DeleteIndex _ -> 11;
        };
    }

    static Change decode(byte[] entry) {
        try {
            var body = ByteBuffer.wrap(entry, 1, entry.length - 1);
            return switch (entry[0]) {
                case 1 -> new Change.CreateCollection(Collections.CreateCollection.parseFrom(body));
                case 2 -> new Change.DeleteCollection(Collections.DeleteCollection.parseFrom(body));
                case 3 -> new Change.ChangeAlias(Collections.AliasOperations.parseFrom(body));
                case 4 -> new Change.Upsert(Points.UpsertPoints.parseFrom(body));
                case 5 -> new Change.Delete(Points.DeletePoints.parseFrom(body));
                case 6 -> new Change.SetPayload(Points.SetPayloadPoints.parseFrom(body));
                case 7 -> new Change.OverwritePayload(Points.SetPayloadPoints.parseFrom(body));
                case 8 -> new Change.DeletePayload(Points.DeletePayloadPoints.parseFrom(body));
                case 9 -> new Change.ClearPayload(Points.ClearPayloadPoints.parseFrom(body));
                case 10 -> new Change.CreateIndex(Points.CreateFieldIndexCollection.parseFrom(body));
                case 11 -> new Change.DeleteIndex(Points.DeleteFieldIndexCollection.parseFrom(body));
                default ->
                    throw new IllegalStateException(
                            "The journal holds a change of kind %d, which this version does not know"
                                    .formatted(entry[0]));
            };
        } catch (InvalidProtocolBufferException unreadable) {
            throw new UncheckedIOException("The journal holds a change that cannot be read", unreadable);
        }
    }
}
