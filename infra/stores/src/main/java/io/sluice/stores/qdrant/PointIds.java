package io.sluice.stores.qdrant;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.sluice.schemas.wire.NamedUuid;
import java.util.UUID;

/**
 * Ids of points: a UUID named by the product id, in a namespace named by the index. So a product always has the same
 * point id, whichever process writes it.
 */
final class PointIds {
    private PointIds() {}

    static PointId of(String index, String productId) {
        return PointIdFactory.id(uuid(index, productId));
    }

    static UUID uuid(String index, String productId) {
        return NamedUuid.of(NamedUuid.of(NamedUuid.SLUICE, index), productId);
    }
}
