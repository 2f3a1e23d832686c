package io.sluice.web.body;

/**
 * One file of a form, whole.
 *
 * @param bytes not to be changed; at most what the call's limit allows
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record UploadedFile(byte[] bytes) {}
