package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.Distance;
import io.sluice.qdrant.protocol.Rejection;
import org.apache.lucene.util.VectorUtil;

/**
 * Measures how near two vectors are. The internal rank is larger for nearer vectors, for every metric. The score that a
 * client sees is the similarity for cosine and dot, and the positive distance for the others.
 */
public enum Metric {
    /** The dot product of vectors that are normalized to length one when they are stored. */
    COSINE {
        @Override
        float[] prepared(float[] vector) {
            return normalized(vector);
        }

        @Override
        float rank(float[] a, float[] b) {
            return VectorUtil.dotProduct(a, b);
        }
    },
    /** The dot product. */
    DOT {
        @Override
        float rank(float[] a, float[] b) {
            return VectorUtil.dotProduct(a, b);
        }
    },
    /** The Euclidean distance. */
    EUCLID {
        @Override
        float rank(float[] a, float[] b) {
            return -VectorUtil.squareDistance(a, b);
        }

        @Override
        public float score(float rank) {
            return (float) Math.sqrt(-rank);
        }

        @Override
        public boolean passes(float score, float threshold) {
            return score < threshold;
        }
    },
    /** The sum of the absolute differences of the components. */
    MANHATTAN {
        @Override
        float rank(float[] a, float[] b) {
            float sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += Math.abs(a[i] - b[i]);
            }
            return -sum;
        }

        @Override
        public float score(float rank) {
            return -rank;
        }

        @Override
        public boolean passes(float score, float threshold) {
            return score < threshold;
        }
    };

    /** The real server's value: the difference between 1 and the next float. */
    private static final float EPSILON = Math.ulp(1f);

    /** Squared lengths that differ from one by no more than this count as one. */
    private static final float UNIT_TOLERANCE = 1e-6f;

    /** {@return the metric that a collection's definition names} */
    static Metric of(Distance distance) {
        return switch (distance) {
            case Cosine -> COSINE;
            case Dot -> DOT;
            case Euclid -> EUCLID;
            case Manhattan -> MANHATTAN;
            case UnknownDistance, UNRECOGNIZED -> throw Rejection.malformed("Malformed distance");
        };
    }

    /** {@return a vector as it is stored and compared} */
    float[] prepared(float[] vector) {
        return vector;
    }

    /** {@return the nearness of two prepared vectors; larger is nearer} */
    abstract float rank(float[] a, float[] b);

    /** {@return the score that a client sees for a rank} */
    public float score(float rank) {
        return rank;
    }

    /** {@return whether a score is better than a threshold} */
    public boolean passes(float score, float threshold) {
        return score > threshold;
    }

    private static float[] normalized(float[] vector) {
        var squared = VectorUtil.dotProduct(vector, vector);
        if (squared < EPSILON || Math.abs(squared - 1) <= UNIT_TOLERANCE) {
            return vector;
        }
        var length = (float) Math.sqrt(squared);
        var unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] / length;
        }
        return unit;
    }
}
