package io.sluice.stores.face;

/** All tables of faces, for work that needs them together. */
public record FaceTables(FaceResults results, FaceEnrolments enrolments, FaceMatches matches) {}
