package io.sluice.rekognition.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One entry of the journal. The names never change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.CreateCollection.class, name = "create-collection"),
    @JsonSubTypes.Type(value = Change.DeleteCollection.class, name = "delete-collection"),
    @JsonSubTypes.Type(value = Change.AddFaces.class, name = "add-faces"),
    @JsonSubTypes.Type(value = Change.RemoveFaces.class, name = "remove-faces")
})
public sealed interface Change {
    /** {@return the collection that it is about} */
    String collectionId();

    /**
     * A collection is there, with no faces.
     *
     * @param createdAt in milliseconds since 1970
     */
    record CreateCollection(String collectionId, long createdAt) implements Change {}

    record DeleteCollection(String collectionId) implements Change {}

    record AddFaces(String collectionId, List<StoredFace> faces) implements Change {
        public AddFaces {
            faces = List.copyOf(faces);
        }
    }

    record RemoveFaces(String collectionId, List<String> faceIds) implements Change {
        public RemoveFaces {
            faceIds = List.copyOf(faceIds);
        }
    }
}
