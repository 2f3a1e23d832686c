package io.sluice.embedder.model;

import io.sluice.schemas.product.Embedding;

/** Scales vectors to length 1, so that their dot product is their cosine similarity. */
final class UnitVectors {
    private UnitVectors() {}

    /** {@return one row of a network's output, scaled} */
    static Embedding ofRow(float[] rows, int row, int dimension) {
        var components = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            components[i] = rows[row * dimension + i];
        }
        return of(components);
    }

    static Embedding of(double[] components) {
        var squares = 0.0;
        for (double component : components) {
            squares += component * component;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            throw new ArithmeticException("the model's output has no direction");
        }
        var length = Math.sqrt(squares);
        var scaled = new float[components.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (components[i] / length);
        }
        return Embedding.of(scaled);
    }
}
