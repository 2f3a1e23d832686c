package io.sluice.stores.face;

/**
 * A photo or a user that refers to an image. While one of them does, the image's result is kept.
 *
 * @param id as the table has it
 */
public record ImageHolder(String id) {
    /** {@return the photo as a holder} */
    public static ImageHolder photo(String photoId) {
        return new ImageHolder("photo:" + photoId);
    }

    /** {@return the user as a holder, who holds the picture they are enrolled with} */
    public static ImageHolder enrolment(String userId) {
        return new ImageHolder("user:" + userId);
    }

    /** {@return the user as a holder of a picture that may replace the one they are enrolled with} */
    public static ImageHolder candidate(String userId) {
        return new ImageHolder("selfie:" + userId);
    }
}
