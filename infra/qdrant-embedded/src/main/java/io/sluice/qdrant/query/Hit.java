package io.sluice.qdrant.query;

import io.sluice.qdrant.store.Point;

/** A found point, with the score that the client sees. */
public record Hit(Point point, float score) {}
