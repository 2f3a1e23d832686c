package io.sluice.pictures.face;

/** A place on a face, in shares of the picture's width and height. */
public record FacePoint(double x, double y) {}
