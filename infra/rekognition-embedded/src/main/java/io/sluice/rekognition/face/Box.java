package io.sluice.rekognition.face;

import java.util.Locale;

/** Where a face is, in shares of the upright picture's width and height. It may reach beyond the picture. */
public record Box(double left, double top, double width, double height) {
    /** {@return its size as a share of the picture} */
    public double area() {
        return width * height;
    }

    /** {@return a text that only this box has, to a millionth of the picture} */
    String words() {
        return String.format(Locale.ROOT, "%.6f/%.6f/%.6f/%.6f", left, top, width, height);
    }
}
