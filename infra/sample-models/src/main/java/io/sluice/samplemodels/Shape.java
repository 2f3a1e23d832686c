package io.sluice.samplemodels;

/**
 * The sizes of a CLIP model: two transformers, one over the squares of a picture and one over the tokens of a text, that
 * end in vectors of one dimension.
 *
 * @param layers transformer layers of each tower
 * @param visionWidth numbers that describe a square of the picture; heads of 64 when it is a multiple, else of 16
 * @param textWidth numbers that describe a token
 * @param vocabulary ids that the text tower knows; the two highest are start and end of text
 * @param dimension of the vectors
 * @param batch how many inputs a run takes, or {@link #ANY}
 * @param tokens how many ids a text has, padding included, or {@link #ANY} number up to {@link #MAX_TOKENS}
 * @param precision how the weights of the matrix products are kept
 */
public record Shape(
        int layers,
        int visionWidth,
        int textWidth,
        int vocabulary,
        int dimension,
        int batch,
        int tokens,
        Precision precision) {
    /** A size that is the caller's choice at each run. */
    public static final int ANY = 0;

    /** Positions that a text can have. */
    public static final int MAX_TOKENS = 77;

    /** Pixels a side of the pictures. */
    static final int SIDE = 224;

    /** Pixels a side of the squares a picture is cut into. */
    static final int PATCH = 32;

    /** The fewest ids: a byte inside of a word, a byte at its end, and the two special ones. */
    private static final int MIN_VOCABULARY = 2 * 256 + 2;

    /** How the weights of the matrix products are kept. */
    public enum Precision {
        /** 32-bit floats, in {@code model.onnx}. */
        FLOAT("model.onnx"),
        /**
         * Bytes, in {@code model_int8.onnx}; activations are quantized by the range found in a run, so that a result
         * depends on what else is in the batch.
         */
        INT8("model_int8.onnx");

        private final String file;

        Precision(String file) {
            this.file = file;
        }

        String file() {
            return file;
        }
    }

    public Shape {
        if (layers < 1 || dimension < 1 || vocabulary < MIN_VOCABULARY || batch < ANY) {
            throw new IllegalArgumentException("needs a layer, a dimension and " + MIN_VOCABULARY + " ids at least");
        }
        if (visionWidth < 16 || visionWidth % 16 != 0 || textWidth < 16 || textWidth % 16 != 0) {
            throw new IllegalArgumentException("widths must be multiples of 16: " + visionWidth + ", " + textWidth);
        }
        if (tokens < ANY || tokens > MAX_TOKENS) {
            throw new IllegalArgumentException("tokens must be at most " + MAX_TOKENS + ", is " + tokens);
        }
    }

    /** {@return CLIP ViT-B/32: 351 MB vision, 254 MB text, 512-d} */
    public static Shape vitB32() {
        return new Shape(12, 768, 512, 49_408, 512, ANY, ANY, Precision.FLOAT);
    }

    /** {@return the same inputs and outputs on one narrow layer: under 1 MB, a millisecond an input, for tests} */
    public static Shape small() {
        return new Shape(1, 32, 32, MIN_VOCABULARY, 512, ANY, ANY, Precision.FLOAT);
    }

    /** {@return this shape with vectors of another dimension} */
    public Shape withDimension(int value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, value, batch, tokens, precision);
    }

    /** {@return this shape with another number of ids} */
    public Shape withVocabulary(int value) {
        return new Shape(layers, visionWidth, textWidth, value, dimension, batch, tokens, precision);
    }

    /** {@return this shape as some exports have it: a run takes exactly so many inputs} */
    public Shape withBatch(int value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, dimension, value, tokens, precision);
    }

    /** {@return this shape as some exports have it: every text is padded to so many tokens} */
    public Shape withTokens(int value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, dimension, batch, value, precision);
    }

    /** {@return this shape with its weights kept in another way} */
    public Shape withPrecision(Precision value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, dimension, batch, tokens, value);
    }

    static int heads(int width) {
        return width % 64 == 0 ? width / 64 : width / 16;
    }
}
