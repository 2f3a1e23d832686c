package io.sluice.qdrant.store;

import com.google.protobuf.Message;
import io.qdrant.client.grpc.Collections;
import io.qdrant.client.grpc.Points;

/** One change of the state. The journal is a list of changes. */
public sealed interface Change {
    /** {@return the request that asked for it} */
    Message request();

    /** Creates a collection. */
    record CreateCollection(Collections.CreateCollection request) implements Change {}

    /** Deletes a collection with its aliases. */
    record DeleteCollection(Collections.DeleteCollection request) implements Change {}

    /** Creates, renames or deletes an alias. */
    record ChangeAlias(Collections.AliasOperations request) implements Change {}

    /** A change within one collection. */
    sealed interface OfPoints extends Change {
        /** {@return the collection's name or alias} */
        String collection();
    }

    /** Inserts or replaces whole points. */
    record Upsert(Points.UpsertPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Deletes points. */
    record Delete(Points.DeletePoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Merges fields into payloads. */
    record SetPayload(Points.SetPayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Replaces payloads. */
    record OverwritePayload(Points.SetPayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Removes fields from payloads. */
    record DeletePayload(Points.DeletePayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Clears payloads. */
    record ClearPayload(Points.ClearPayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Declares an index on a payload field. */
    record CreateIndex(Points.CreateFieldIndexCollection request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Removes the declaration of an index. */
    record DeleteIndex(Points.DeleteFieldIndexCollection request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }
}
