package io.sluice.local.demo;

import java.awt.Color;

/** A color of the sample catalog. */
enum SampleColor {
    RED("red", new Color(0xC6, 0x28, 0x28)),
    BLUE("blue", new Color(0x15, 0x65, 0xC0)),
    GREEN("green", new Color(0x2E, 0x7D, 0x32)),
    YELLOW("yellow", new Color(0xF9, 0xA8, 0x25));

    private final String word;
    private final Color color;

    SampleColor(String word, Color color) {
        this.word = word;
        this.color = color;
    }

    String word() {
        return word;
    }

    Color color() {
        return color;
    }
}
