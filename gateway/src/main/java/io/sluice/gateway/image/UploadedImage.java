package io.sluice.gateway.image;

/**
 * An uploaded picture that {@link ImageGuard} has accepted.
 *
 * @param mediaType found from the bytes; the sender's own media type is ignored
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record UploadedImage(byte[] bytes, String mediaType) {}
