package io.sluice.rekognizer;

/**
 * A kept face that resembles another one.
 *
 * @param similarity in percent
 */
public record FaceMatch(String faceId, float similarity) {}
