package io.sluice.gateway.photo.upload;

/**
 * A file of an upload that has arrived whole.
 *
 * @param photoId the id of the photo that its owner and its bytes make
 * @param sha256 the hash of the bytes
 * @param bytes must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Arrived(String photoId, String sha256, String name, byte[] bytes) {}
