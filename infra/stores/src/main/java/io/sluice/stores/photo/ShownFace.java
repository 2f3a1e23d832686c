package io.sluice.stores.photo;

import io.sluice.schemas.photo.PhotoFaces.Box;
import java.util.List;

/**
 * A face in a photo, and whose it may be.
 *
 * @param confidence that it is a face, in percent
 * @param people enrolled users, the most similar first; empty when the face is nobody's
 */
public record ShownFace(Box box, double confidence, List<Person> people) {
    public ShownFace {
        people = List.copyOf(people);
    }

    /**
     * An enrolled user.
     *
     * @param similarity of this face and the one that the user is enrolled with, in percent
     */
    public record Person(String userId, String username, double similarity) {}
}
