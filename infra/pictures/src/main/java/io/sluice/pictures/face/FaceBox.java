package io.sluice.pictures.face;

/** Where a face is, in shares of the picture's width and height. */
public record FaceBox(double left, double top, double width, double height) {}
