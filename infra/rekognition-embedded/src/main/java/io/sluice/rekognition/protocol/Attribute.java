package io.sluice.rekognition.protocol;

/** What a caller can ask about a face. */
public enum Attribute {
    DEFAULT,
    ALL,
    AGE_RANGE,
    BEARD,
    EMOTIONS,
    EYE_DIRECTION,
    EYEGLASSES,
    EYES_OPEN,
    FACE_OCCLUDED,
    GENDER,
    MOUTH_OPEN,
    MUSTACHE,
    SMILE,
    SUNGLASSES
}
