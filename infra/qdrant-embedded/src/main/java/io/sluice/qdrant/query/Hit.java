package io.sluice.qdrant.query;

import io.sluice.qdrant.store.Point;

/** A point found, with the score a client sees. */
public record Hit(Point point, float score) {}
