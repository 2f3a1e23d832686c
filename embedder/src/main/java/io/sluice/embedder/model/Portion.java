package io.sluice.embedder.model;

/**
 * How much a model is given at a time: about a fifth of a second's work of one core. More computes hardly faster, and lets
 * a query wait longer.
 *
 * @param pictures at a time
 * @param characters of texts at a time, each text counted as long as the longest of them
 * @param read characters of a text after which it is cut off: a longer one is no more work
 */
public record Portion(int pictures, int characters, int read) {
    public Portion {
        if (pictures < 1 || characters < 1 || read < 1) {
            throw new IllegalArgumentException("a portion is something, not " + pictures + " pictures, " + characters
                    + " characters, " + read + " of a text");
        }
    }
}
