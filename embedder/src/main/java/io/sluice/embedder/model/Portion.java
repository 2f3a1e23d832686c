package io.sluice.embedder.model;

/**
 * The amount of input for one run of a model: about a fifth of a second of work for one core. A larger amount is hardly
 * faster, and makes queries wait longer.
 *
 * @param pictures the number of pictures of one run
 * @param characters the number of characters of one run, where each text counts as the longest of them
 * @param read the number of characters of a text that the model reads; the rest of a longer text costs no time
 */
public record Portion(int pictures, int characters, int read) {
    public Portion {
        if (pictures < 1 || characters < 1 || read < 1) {
            throw new IllegalArgumentException("a portion must be 1 or more of each, is " + pictures + " pictures, "
                    + characters + " characters, " + read + " of a text");
        }
    }
}
