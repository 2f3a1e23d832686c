package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.RenameAlias;
import io.sluice.qdrant.protocol.Rejection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The whole state: collections and aliases. The state depends only on the changes applied to it, so replaying the
 * journal gives the same state. Not safe for use by many threads: {@link Store} guards it.
 */
public final class Catalog {
    private final Map<String, VectorCollection> collections = new TreeMap<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private long version;

    /** {@return the collections by name} */
    public Map<String, VectorCollection> collections() {
        return Collections.unmodifiableMap(collections);
    }

    /** {@return collection names by alias} */
    public Map<String, String> aliases() {
        return Collections.unmodifiableMap(aliases);
    }

    /** {@return the collection with this name or alias; empty when there is none} */
    public Optional<VectorCollection> find(String nameOrAlias) {
        return Optional.ofNullable(collections.get(aliases.getOrDefault(nameOrAlias, nameOrAlias)));
    }

    /** {@return the collection with this name or alias; throws a {@link Rejection} when there is none} */
    public VectorCollection get(String nameOrAlias) {
        return find(nameOrAlias).orElseThrow(() -> Rejection.noSuchCollection(nameOrAlias));
    }

    /**
     * Makes a change, or throws a {@link Rejection} and changes nothing.
     *
     * @return the number of the change
     */
    long apply(Change change) {
        var number = version + 1;
        switch (change) {
            case Change.CreateCollection(var request) -> create(request);
            case Change.DeleteCollection(var request) -> delete(request.getCollectionName());
            case Change.ChangeAlias(var request) -> changeAlias(request);
            case Change.OfPoints within -> apply(within, get(within.collection()), number);
        }
        version = number;
        return number;
    }

    private static void apply(Change.OfPoints change, VectorCollection collection, long version) {
        switch (change) {
            case Change.Upsert(var request) -> collection.upsert(request, version);
            case Change.Delete(var request) -> collection.delete(request.getPoints());
            case Change.SetPayload(var request) ->
                collection.changePayload(
                        request.getPointsSelector(), PayloadChange.merge(request.getPayloadMap()), version);
            case Change.OverwritePayload(var request) ->
                collection.changePayload(
                        request.getPointsSelector(), PayloadChange.overwrite(request.getPayloadMap()), version);
            case Change.DeletePayload(var request) ->
                collection.changePayload(
                        request.getPointsSelector(), PayloadChange.without(request.getKeysList()), version);
            case Change.ClearPayload(var request) ->
                collection.changePayload(request.getPoints(), PayloadChange.overwrite(Map.of()), version);
            case Change.CreateIndex(var request) -> collection.createIndex(request);
            case Change.DeleteIndex(var request) -> collection.deleteIndex(request.getFieldName());
        }
    }

    private void create(CreateCollection definition) {
        Definitions.validate(definition);
        var name = definition.getCollectionName();
        if (collections.containsKey(name)) {
            throw Rejection.collectionExists(name);
        }
        if (aliases.containsKey(name)) {
            throw Rejection.wrongInput(
                    "Can't create collection with name %s. Alias with the same name already exists".formatted(name));
        }
        collections.put(name, new VectorCollection(definition));
    }

    private void delete(String name) {
        if (collections.remove(name) != null) {
            aliases.values().removeIf(name::equals);
        }
    }

    private void changeAlias(AliasOperations operation) {
        switch (operation.getActionCase()) {
            case CREATE_ALIAS -> createAlias(operation.getCreateAlias());
            case RENAME_ALIAS -> renameAlias(operation.getRenameAlias());
            case DELETE_ALIAS -> aliases.remove(operation.getDeleteAlias().getAliasName());
            case ACTION_NOT_SET -> throw Rejection.malformed("Malformed AliasOperation type");
        }
    }

    private void createAlias(CreateAlias request) {
        requireNoCollection(request.getAliasName());
        if (!collections.containsKey(request.getCollectionName())) {
            throw Rejection.noSuchCollection(request.getCollectionName());
        }
        aliases.put(request.getAliasName(), request.getCollectionName());
    }

    private void renameAlias(RenameAlias request) {
        var target = aliases.get(request.getOldAliasName());
        if (target == null) {
            throw Rejection.notFound("Alias %s does not exists!".formatted(request.getOldAliasName()));
        }
        requireNoCollection(request.getNewAliasName());
        aliases.remove(request.getOldAliasName());
        aliases.put(request.getNewAliasName(), target);
    }

    private void requireNoCollection(String alias) {
        Definitions.validateName(alias);
        if (collections.containsKey(alias)) {
            throw Rejection.collectionExists(alias);
        }
    }

    /** {@return how many points all collections hold} */
    public int pointCount() {
        return collections.values().stream()
                .mapToInt(collection -> collection.points().size())
                .sum();
    }

    long weight() {
        return collections.values().stream().mapToLong(VectorCollection::weight).sum();
    }
}
