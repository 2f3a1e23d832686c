package io.sluice.qdrant.store;

import com.google.protobuf.Message;
import io.qdrant.client.grpc.Collections;
import io.qdrant.client.grpc.Points;

/** One thing that can happen to the state; the journal is a list of these. */
public sealed interface Change {
    /** {@return the request that asked for it} */
    Message request();

    /** A collection is made. */
    record CreateCollection(Collections.CreateCollection request) implements Change {}

    /** A collection goes, and its aliases with it. */
    record DeleteCollection(Collections.DeleteCollection request) implements Change {}

    /** An alias is made, renamed or taken away. */
    record ChangeAlias(Collections.AliasOperations request) implements Change {}

    /** A change within one collection. */
    sealed interface OfPoints extends Change {
        /** {@return the collection's name or alias} */
        String collection();
    }

    /** Points are put, whole. */
    record Upsert(Points.UpsertPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Points go. */
    record Delete(Points.DeletePoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Fields are merged into payloads. */
    record SetPayload(Points.SetPayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Payloads are replaced. */
    record OverwritePayload(Points.SetPayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Fields are taken out of payloads. */
    record DeletePayload(Points.DeletePayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** Payloads are emptied. */
    record ClearPayload(Points.ClearPayloadPoints request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** A payload field is declared to be indexed. */
    record CreateIndex(Points.CreateFieldIndexCollection request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }

    /** The declaration goes. */
    record DeleteIndex(Points.DeleteFieldIndexCollection request) implements OfPoints {
        @Override
        public String collection() {
            return request.getCollectionName();
        }
    }
}
