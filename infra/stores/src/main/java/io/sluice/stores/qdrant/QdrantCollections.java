package io.sluice.stores.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import io.sluice.stores.product.VectorStore.IndexMismatchException;
import io.sluice.stores.product.VectorStore.ServedIndex;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collections, one for each index, and the alias that searches read. Every operation may be repeated, and two processes
 * may run it at the same time.
 */
final class QdrantCollections {
    /** The alias of the index that search reads. */
    private static final String ALIAS = "products";

    private static final Logger LOG = LoggerFactory.getLogger(QdrantCollections.class);

    private static final String PREFIX = "products-";

    private final QdrantConnection qdrant;

    QdrantCollections(QdrantConnection qdrant) {
        this.qdrant = qdrant;
    }

    static String nameOf(String index) {
        return PREFIX + index;
    }

    /** The reverse of {@link #nameOf}. A collection that an operator made may have any name. */
    private static String indexOf(String collection) {
        return collection.startsWith(PREFIX) ? collection.substring(PREFIX.length()) : collection;
    }

    void prepare(String index, Map<String, Integer> dimensions) {
        var name = nameOf(index);
        if (!exists(name)) {
            create(name, dimensions);
        }
        verify(index, name, dimensions);
        addPayloadIndex(name, Payload.PRODUCT_ID, FieldType.FieldTypeKeyword);
        addPayloadIndex(name, Payload.VERSION, FieldType.FieldTypeInteger);
        if (servedIndex().isEmpty()) {
            pointAliasTo(name);
        }
    }

    private boolean exists(String name) {
        var request =
                CollectionExistsRequest.newBuilder().setCollectionName(name).build();
        return qdrant.collections(stub -> stub.collectionExists(request))
                .getResult()
                .getExists();
    }

    private void create(String name, Map<String, Integer> dimensions) {
        var params = VectorParamsMap.newBuilder();
        dimensions.forEach((vector, size) -> params.putMap(
                vector,
                VectorParams.newBuilder()
                        .setSize(size)
                        .setDistance(Distance.Cosine)
                        .build()));
        var request = CreateCollection.newBuilder()
                .setCollectionName(name)
                .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(params))
                .build();
        try {
            qdrant.collections(stub -> stub.create(request));
            LOG.atInfo()
                    .addKeyValue("collection", name)
                    .addKeyValue("dimensions", dimensions)
                    .log("created a collection");
        } catch (StatusRuntimeException e) {
            // another process was faster; verify() checks next whether its collection fits
            if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private void verify(String index, String name, Map<String, Integer> dimensions) {
        var actual = dimensionsOf(name);
        if (!actual.equals(dimensions)) {
            throw new IndexMismatchException(index, actual, dimensions);
        }
    }

    /** {@return the dimensions of an index's vectors by name; empty while it has no collection} */
    Optional<Map<String, Integer>> dimensions(String index) {
        var name = nameOf(index);
        return exists(name) ? Optional.of(dimensionsOf(name)) : Optional.empty();
    }

    private Map<String, Integer> dimensionsOf(String name) {
        var request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
        var config = qdrant.collections(stub -> stub.get(request))
                .getResult()
                .getConfig()
                .getParams()
                .getVectorsConfig();
        var actual = new TreeMap<String, Integer>();
        config.getParamsMap().getMapMap().forEach((vector, params) -> actual.put(vector, (int) params.getSize()));
        return actual;
    }

    private void addPayloadIndex(String name, String field, FieldType type) {
        var request = CreateFieldIndexCollection.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .setFieldName(field)
                .setFieldType(type)
                .build();
        qdrant.points(stub -> stub.createFieldIndex(request));
    }

    /** {@return the index whose collection the alias names; empty without the alias} */
    Optional<ServedIndex> servedIndex() {
        return qdrant
                .collections(stub -> stub.listAliases(ListAliasesRequest.getDefaultInstance()))
                .getAliasesList()
                .stream()
                .filter(alias -> alias.getAliasName().equals(ALIAS))
                .map(alias -> new ServedIndex(indexOf(alias.getCollectionName()), alias.getCollectionName()))
                .findFirst();
    }

    private void pointAliasTo(String name) {
        var create = CreateAlias.newBuilder().setCollectionName(name).setAliasName(ALIAS);
        var request = ChangeAliases.newBuilder()
                .addActions(AliasOperations.newBuilder().setCreateAlias(create))
                .build();
        qdrant.collections(stub -> stub.updateAliases(request));
        LOG.atInfo()
                .addKeyValue("alias", ALIAS)
                .addKeyValue("collection", name)
                .log("pointed the search alias to a collection");
    }
}
