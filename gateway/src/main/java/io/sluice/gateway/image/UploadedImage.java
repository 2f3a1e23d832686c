package io.sluice.gateway.image;

/**
 * A file that was looked at and is a whole picture within the limits.
 *
 * @param mediaType found by looking, whatever the sender said
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record UploadedImage(byte[] bytes, String mediaType) {}
