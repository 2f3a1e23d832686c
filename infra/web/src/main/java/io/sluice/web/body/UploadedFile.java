package io.sluice.web.body;

/**
 * One file of a form, read completely.
 *
 * @param bytes the content, which must not be changed; at most as many bytes as the call's limit allows
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record UploadedFile(byte[] bytes) {}
