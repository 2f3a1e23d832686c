package io.sluice.rekognition.protocol;

import java.util.Optional;

/** Where the picture of a request is. */
public sealed interface ImageSource {
    /**
     * In the request.
     *
     * @param content of the file
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Bytes(byte[] content) implements ImageSource {
        private static final int MOST = 5 << 20;

        static Bytes of(String path, byte[] content) {
            if (content.length == 0) {
                throw TextRule.violation(path, "", "Member must have length greater than or equal to 1");
            }
            if (content.length > MOST) {
                throw ApiError.IMAGE_TOO_LARGE.rejection(
                        "The image at %s has %d bytes; at most %d are taken in a request"
                                .formatted(path, content.length, MOST));
            }
            return new Bytes(content);
        }
    }

    /** In the object store. */
    record StoredObject(String bucket, String name, Optional<String> version) implements ImageSource {}
}
