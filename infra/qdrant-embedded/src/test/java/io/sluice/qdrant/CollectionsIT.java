package io.sluice.qdrant;

import static io.sluice.qdrant.LocalQdrant.await;
import static io.sluice.qdrant.LocalQdrant.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.Status;
import io.qdrant.client.QdrantException;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Datatype;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.OptimizersConfigDiff;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.RenameAlias;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionsIT {
    private static final VectorParams COSINE_2 =
            VectorParams.newBuilder().setSize(2).setDistance(Distance.Cosine).build();

    private Path folder;
    private LocalQdrant qdrant;

    @BeforeEach
    void start(@TempDir Path folder) {
        this.folder = folder;
        this.qdrant = LocalQdrant.on(folder);
    }

    @AfterEach
    void stop() {
        qdrant.close();
    }

    @Test
    void returnsTheSettingsItWasGivenAlsoAfterARestart() {
        var params = COSINE_2.toBuilder()
                .setOnDisk(true)
                .setHnswConfig(HnswConfigDiff.newBuilder().setM(32))
                .build();
        var request = CreateCollection.newBuilder()
                .setCollectionName("c")
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParamsMap(io.qdrant.client.grpc.Collections.VectorParamsMap.newBuilder()
                                .putMap("text", params)
                                .putMap("image", COSINE_2)))
                .setHnswConfig(HnswConfigDiff.newBuilder().setEfConstruct(200))
                .setOptimizersConfig(OptimizersConfigDiff.newBuilder().setIndexingThreshold(5))
                .setQuantizationConfig(QuantizationConfig.newBuilder()
                        .setScalar(ScalarQuantization.newBuilder().setAlwaysRam(true)))
                .setOnDiskPayload(false)
                .build();
        assertThat(collections().create(request).getResult()).isTrue();
        await(qdrant.client()
                .createPayloadIndexAsync("c", "version", PayloadSchemaType.Integer, null, true, null, null));
        qdrant.close();
        qdrant = LocalQdrant.on(folder);

        var info = await(qdrant.client().getCollectionInfoAsync("c"));

        assertThat(info.getStatus()).isEqualTo(CollectionStatus.Green);
        assertThat(info.getPointsCount()).isZero();
        var config = info.getConfig();
        assertThat(config.getParams().getVectorsConfig()).isEqualTo(request.getVectorsConfig());
        assertThat(config.getParams().getOnDiskPayload()).isFalse();
        assertThat(config.getHnswConfig().getEfConstruct()).isEqualTo(200);
        assertThat(config.getHnswConfig().getM()).as("the default").isEqualTo(16);
        assertThat(config.getOptimizerConfig()).isEqualTo(request.getOptimizersConfig());
        assertThat(config.getQuantizationConfig()).isEqualTo(request.getQuantizationConfig());
        assertThat(info.getPayloadSchemaOrThrow("version").getDataType()).isEqualTo(PayloadSchemaType.Integer);
    }

    @Test
    void listsAndDeletesThem() {
        create("b");
        create("a");
        assertThat(await(qdrant.client().listCollectionsAsync())).containsExactly("a", "b");
        await(qdrant.client().deleteCollectionAsync("a"));
        assertThat(await(qdrant.client().listCollectionsAsync())).containsExactly("b");
        assertThat(await(qdrant.client().collectionExistsAsync("a"))).isFalse();
        assertThat(await(qdrant.client().collectionExistsAsync("b"))).isTrue();
    }

    @Test
    void saysWhatIsMissingAndWhatIsThere() {
        create("there");
        var missing = refusal(() -> collections()
                .get(GetCollectionInfoRequest.newBuilder()
                        .setCollectionName("gone")
                        .build()));
        assertStatus(missing, Status.Code.NOT_FOUND, "Not found: Collection `gone` doesn't exist!");
        var twice = refusal(() -> create("there"));
        assertStatus(twice, Status.Code.ALREADY_EXISTS, "Wrong input: Collection `there` already exists!");
        var deleted = collections()
                .delete(DeleteCollection.newBuilder().setCollectionName("gone").build());
        assertThat(deleted.getResult()).isFalse();
        assertThatExceptionOfType(QdrantException.class)
                .isThrownBy(() -> await(qdrant.client().deleteCollectionAsync("gone")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a*b", "a:b", "a?b", "a\0b"})
    void refusesNamesThatCannotBe(String name) {
        var request = CreateCollection.newBuilder().setCollectionName(name).build();
        var refused = refusal(() -> collections().create(request));
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).startsWith("Validation error in body: [collection_name: ");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        create("x".repeat(255));
        assertThat(refusal(() -> create("x".repeat(256))).getDescription())
                .endsWith("must be from 1 to 255 characters]");
    }

    @Test
    void refusesVectorsThatCannotBe() {
        assertRefused(COSINE_2.toBuilder().setSize(0).build(), Status.Code.INVALID_ARGUMENT, "vectors.size: value 0");
        assertRefused(
                COSINE_2.toBuilder().setSize(65_537).build(), Status.Code.INVALID_ARGUMENT, "must be from 1 to 65536");
        assertRefused(COSINE_2.toBuilder().clearDistance().build(), Status.Code.INVALID_ARGUMENT, "distance");
        assertRefused(
                COSINE_2.toBuilder().setDatatype(Datatype.Uint8).build(), Status.Code.UNIMPLEMENTED, "datatype Uint8");
        var zero = collections();
        assertStatus(
                refusal(() -> zero.create(CreateCollection.newBuilder()
                        .setCollectionName("c")
                        .setTimeout(0)
                        .build())),
                Status.Code.INVALID_ARGUMENT,
                "Validation error in body: [timeout: value 0 invalid, must be 1 or larger]");
    }

    private void assertRefused(VectorParams params, Status.Code code, String reason) {
        var refused = refusal(() -> await(qdrant.client().createCollectionAsync("c", params)));
        assertThat(refused.getCode()).isEqualTo(code);
        assertThat(refused.getDescription()).contains(reason);
    }

    @Test
    void switchesAnAliasInOneCall() {
        create("one");
        create("two");
        change(alias("live", "one"), alias("other", "one"));
        change(deletion("live"), alias("live", "two"));
        assertThat(aliases()).containsExactly(tuple("live", "two"), tuple("other", "one"));
        change(alias("other", "two"));
        assertThat(aliases()).as("re-pointed").containsExactly(tuple("live", "two"), tuple("other", "two"));
        assertThat(await(qdrant.client().listCollectionAliasesAsync("two"))).containsExactly("live", "other");
        assertThat(await(qdrant.client().listCollectionAliasesAsync("one"))).isEmpty();
        assertThat(await(qdrant.client().collectionExistsAsync("live"))).isTrue();
        assertThat(await(qdrant.client().getCollectionInfoAsync("live")).getPointsCount())
                .isZero();
    }

    @Test
    void renamesAliasesAndForgetsThoseOfADeletedCollection() {
        create("one");
        change(alias("a", "one"));
        change(rename("a", "b"), deletion("never there"));
        assertThat(aliases()).containsExactly(tuple("b", "one"));
        await(qdrant.client().deleteCollectionAsync("one"));
        assertThat(aliases()).isEmpty();
    }

    @Test
    void refusesAliasesThatCannotBe() {
        create("one");
        assertStatus(
                refusal(() -> change(alias("one", "one"))),
                Status.Code.ALREADY_EXISTS,
                "Wrong input: Collection `one` already exists!");
        assertStatus(
                refusal(() -> change(alias("a", "gone"))),
                Status.Code.NOT_FOUND,
                "Not found: Collection `gone` doesn't exist!");
        assertStatus(
                refusal(() -> change(rename("a", "b"))), Status.Code.NOT_FOUND, "Not found: Alias a does not exists!");
        change(alias("a", "one"));
        assertThat(refusal(() -> create("a")).getDescription()).contains("Alias with the same name already exists");
    }

    @Test
    void keepsTheActionsBeforeTheOneThatFailedAlsoAfterARestart() {
        create("one");
        refusal(() -> change(alias("first", "one"), alias("second", "gone"), alias("third", "one")));
        assertThat(aliases()).containsExactly(tuple("first", "one"));
        qdrant.close();
        qdrant = LocalQdrant.on(folder);
        assertThat(aliases()).containsExactly(tuple("first", "one"));
    }

    private CollectionsBlockingStub collections() {
        return qdrant.collections();
    }

    private void create(String name) {
        await(qdrant.client().createCollectionAsync(name, Map.of("text", COSINE_2)));
    }

    private void change(AliasOperations.Builder... actions) {
        var request = ChangeAliases.newBuilder();
        List.of(actions).forEach(request::addActions);
        assertThat(collections().updateAliases(request.build()).getResult()).isTrue();
    }

    private static AliasOperations.Builder alias(String alias, String collection) {
        return AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setAliasName(alias).setCollectionName(collection));
    }

    private static AliasOperations.Builder rename(String from, String to) {
        return AliasOperations.newBuilder()
                .setRenameAlias(RenameAlias.newBuilder().setOldAliasName(from).setNewAliasName(to));
    }

    private static AliasOperations.Builder deletion(String alias) {
        return AliasOperations.newBuilder()
                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias));
    }

    private List<org.assertj.core.groups.Tuple> aliases() {
        return collections().listAliases(ListAliasesRequest.getDefaultInstance()).getAliasesList().stream()
                .map(CollectionsIT::asTuple)
                .toList();
    }

    private static org.assertj.core.groups.Tuple asTuple(AliasDescription alias) {
        return tuple(alias.getAliasName(), alias.getCollectionName());
    }

    private static void assertStatus(Status status, Status.Code code, String text) {
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).isEqualTo(text);
    }
}
