package io.sluice.stores.photo;

/**
 * Why the work on a photo failed, as its dead letter says.
 *
 * @param code of the failure
 * @param message a sentence for people
 */
public record PhotoFailure(String code, String message) {}
