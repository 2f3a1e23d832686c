package io.sluice.stores.face;

/**
 * An image as it is sent to the provider, and what is asked about it. A result is used again only for the same.
 *
 * @param sha256 of the bytes that are sent, 64 hex digits
 * @param operation the provider's name of the call
 * @param parameters everything else that changes the answer, the collection among it
 * @param modelVersion the version of the collection's face model
 */
public record SentImage(String sha256, String operation, String parameters, String modelVersion) {}
