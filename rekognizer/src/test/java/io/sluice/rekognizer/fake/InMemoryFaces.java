package io.sluice.rekognizer.fake;

import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.IndexedFaces;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.wire.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A face service in memory. A test says whom a picture shows. As with Rekognition, a picture that is indexed again under
 * the same id has the same faces, and a search leaves the face itself out. Safe for use by many threads.
 */
public final class InMemoryFaces implements FaceService {
    private final Map<String, List<String>> shown = new HashMap<>();
    private final Map<String, Kept> kept = new TreeMap<>();
    private final List<String> indexed = new ArrayList<>();
    private final List<String> searched = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>();
    private int needless;
    private String model = "6.0";
    private @Nullable RuntimeException failure;

    private record Kept(String image, String person) {}

    /** Says whom a picture shows. {@return the picture} */
    public synchronized byte[] shows(byte[] picture, String... people) {
        shown.put(Sha256.of(picture), List.of(people));
        return picture;
    }

    /** Makes every call fail with this exception; null lets calls succeed again. */
    public synchronized void failWith(@Nullable RuntimeException thrown) {
        failure = thrown;
    }

    /** Searches do not find the faces of this image yet. */
    public synchronized void hide(String image) {
        hidden.add(image);
    }

    /** Searches find the faces of all images. */
    public synchronized void hideNothing() {
        hidden.clear();
    }

    /** The collection is made anew with another model. */
    public synchronized void restartWith(String otherModel) {
        model = otherModel;
        kept.clear();
    }

    /** {@return the images that were indexed, in order} */
    public synchronized List<String> indexed() {
        return List.copyOf(indexed);
    }

    /** {@return how many calls indexed an image whose faces were there} */
    public synchronized int needless() {
        return needless;
    }

    /** {@return the faces that were searched for, in order} */
    public synchronized List<String> searched() {
        return List.copyOf(searched);
    }

    /** {@return the images whose faces are kept} */
    public synchronized Set<String> images() {
        var images = new HashSet<String>();
        kept.values().forEach(face -> images.add(face.image()));
        return images;
    }

    /** {@return whom each kept face shows, by face} */
    public synchronized Map<String, String> people() {
        var people = new TreeMap<String, String>();
        kept.forEach((id, face) -> people.put(id, face.person()));
        return people;
    }

    /** {@return the ids of the faces of this picture} */
    public static List<String> ids(byte[] picture, int faces) {
        var ids = new ArrayList<String>();
        for (var i = 0; i < faces; i++) {
            ids.add(id(Sha256.of(picture), i));
        }
        return ids;
    }

    private static String id(String image, int face) {
        return UUID.nameUUIDFromBytes((image + face).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public synchronized IndexedFaces index(byte[] image, String externalImageId, int maxFaces) {
        probe();
        indexed.add(externalImageId);
        var faces = new ArrayList<Face>();
        var people = shown.getOrDefault(Sha256.of(image), List.of());
        for (var i = 0; i < people.size(); i++) {
            var id = id(externalImageId, i);
            if (kept.put(id, new Kept(externalImageId, people.get(i))) != null && i == 0) {
                needless++;
            }
            faces.add(new Face(id, new Box(0.1 * i, 0.2, 0.1, 0.2), 99));
        }
        return new IndexedFaces(model, faces);
    }

    @Override
    public synchronized List<FaceMatch> search(String faceId, float threshold) {
        probe();
        searched.add(faceId);
        var face = kept.get(faceId);
        var matches = new ArrayList<FaceMatch>();
        kept.forEach((id, other) -> {
            if (face != null
                    && !id.equals(faceId)
                    && other.person().equals(face.person())
                    && !hidden.contains(other.image())
                    && threshold <= 99) {
                matches.add(new FaceMatch(id, 99));
            }
        });
        return matches;
    }

    @Override
    public synchronized Set<String> delete(Collection<String> faceIds) {
        probe();
        faceIds.forEach(kept::remove);
        return Set.copyOf(faceIds);
    }

    @Override
    public synchronized List<String> facesOf(String externalImageId) {
        probe();
        var faces = new ArrayList<String>();
        kept.forEach((id, face) -> {
            if (face.image().equals(externalImageId)) {
                faces.add(id);
            }
        });
        return faces;
    }

    @Override
    public synchronized String modelVersion() {
        return model;
    }

    @Override
    public synchronized void probe() {
        if (failure != null) {
            throw failure;
        }
    }
}
