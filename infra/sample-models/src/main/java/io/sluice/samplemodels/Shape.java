package io.sluice.samplemodels;

/**
 * The sizes of a CLIP model. It has two transformers: one reads the patches of a picture, the other the tokens of a
 * text. Both produce vectors of the same dimension.
 *
 * @param layers how many transformer layers each tower has
 * @param visionWidth the width of the hidden states for a patch of the picture; an attention head has 64 of it when it
 *     is a multiple of 64, else 16
 * @param textWidth the width of the hidden states for a token
 * @param vocabulary how many token ids the text tower has; the two highest are start and end of text
 * @param dimension how many components the vectors have
 * @param batch how many inputs a run takes; {@link #ANY} when the caller chooses
 * @param tokens how many ids a text has, with padding, at most {@link #MAX_TOKENS}; {@link #ANY} when the caller
 *     chooses
 * @param precision the number format of the weights of the matrix products
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
    /** A size that the caller chooses at each run. */
    public static final int ANY = 0;

    /** How many tokens a text can have. */
    public static final int MAX_TOKENS = 77;

    /** The side of a picture, in pixels. */
    static final int SIDE = 224;

    /** The side of a patch, in pixels. A picture is cut into such squares. */
    static final int PATCH = 32;

    /** The smallest vocabulary: 256 bytes inside a word, 256 bytes at the end of a word, and the two special ids. */
    private static final int MIN_VOCABULARY = 2 * 256 + 2;

    /** The number format of the weights of the matrix products. */
    public enum Precision {
        /** 32-bit floats, in {@code model.onnx}. */
        FLOAT("model.onnx"),
        /**
         * 8-bit integers, in {@code model_int8.onnx}. Activations are quantized by their range in a run, so a result
         * depends on the other inputs of its batch.
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

    /**
     * {@return a shape for tests with the same inputs and outputs: one narrow layer, under 1 MB, about 1 ms for each
     * input}
     */
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

    /** {@return this shape with a fixed batch: a run takes exactly this many inputs, as in some exports} */
    public Shape withBatch(int value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, dimension, value, tokens, precision);
    }

    /** {@return this shape with texts that are padded to exactly this many tokens, as in some exports} */
    public Shape withTokens(int value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, dimension, batch, value, precision);
    }

    /** {@return this shape with weights of another number format} */
    public Shape withPrecision(Precision value) {
        return new Shape(layers, visionWidth, textWidth, vocabulary, dimension, batch, tokens, value);
    }

    static int heads(int width) {
        return width % 64 == 0 ? width / 64 : width / 16;
    }
}
