package io.sluice.rekognition.store;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The faces of one collection, in the order of their ids. */
public final class FaceCollection {
    private final String id;
    private final long createdAt;
    private final NavigableMap<String, StoredFace> faces = new TreeMap<>();

    FaceCollection(String id, long createdAt) {
        this.id = id;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    /** {@return when it was created, in milliseconds since 1970} */
    public long createdAt() {
        return createdAt;
    }

    public int size() {
        return faces.size();
    }

    public Collection<StoredFace> faces() {
        return Collections.unmodifiableCollection(faces.values());
    }

    public Optional<StoredFace> find(String faceId) {
        return Optional.ofNullable(faces.get(faceId));
    }

    /** {@return the faces whose ids come after this one} */
    public Collection<StoredFace> facesAfter(String faceId) {
        return Collections.unmodifiableCollection(faces.tailMap(faceId, false).values());
    }

    void add(StoredFace face) {
        faces.put(face.faceId(), face);
    }

    void remove(String faceId) {
        faces.remove(faceId);
    }
}
