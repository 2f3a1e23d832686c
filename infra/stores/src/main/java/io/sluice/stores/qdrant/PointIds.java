package io.sluice.stores.qdrant;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.sluice.schemas.wire.NamedUuid;
import java.util.UUID;

/**
 * Ids of points: the product id, named in a name space that is named by the index. So the same product is always the same
 * point, whoever writes it.
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
