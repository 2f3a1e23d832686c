package io.sluice.pictures.color;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes ICC profiles of a matrix and curves, version 4. */
public final class IccFile {
    private static final double[][] P3 = {
        {0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}
    };
    private static final double[][] ADOBE = {
        {0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}
    };
    private static final double[][] SRGB = {
        {0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}
    };

    private final Map<String, byte[]> tags = new LinkedHashMap<>();

    private IccFile() {}

    public static byte[] displayP3() {
        return of(P3, srgbCurve());
    }

    public static byte[] adobeRgb() {
        return of(ADOBE, sampled(563));
    }

    public static byte[] srgb() {
        return of(SRGB, srgbCurve());
    }

    /** {@return a profile whose curve is a table} */
    static byte[] p3OfTables() {
        var samples = new int[1_024];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (int) Math.round(65_535 * Math.pow(i / 1_023.0, 1.8));
        }
        return of(P3, sampled(samples));
    }

    static byte[] p3WithCurve(int kind, double... parameters) {
        return of(P3, parametric(kind, parameters));
    }

    private static byte[] of(double[][] colors, byte[] curve) {
        var file = new IccFile();
        file.tags.put("desc", text("test"));
        file.tags.put("cprt", text("none"));
        file.tags.put("wtpt", xyz(0.9642, 1, 0.8249));
        file.tags.put("rXYZ", xyz(colors[0]));
        file.tags.put("gXYZ", xyz(colors[1]));
        file.tags.put("bXYZ", xyz(colors[2]));
        file.tags.put("rTRC", curve);
        file.tags.put("gTRC", curve);
        file.tags.put("bTRC", curve);
        return file.bytes();
    }

    private static byte[] srgbCurve() {
        return parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
    }

    private byte[] bytes() {
        var places = 132 + 12 * tags.size();
        var size = places + tags.values().stream().mapToInt(tag -> tag.length).sum();
        var out = ByteBuffer.allocate(size);
        out.putInt(size).position(8);
        out.putInt(0x04300000).put(ascii("mntrRGB XYZ "));
        out.position(36).put(ascii("acsp"));
        out.position(68).putInt(fixed(0.9642)).putInt(fixed(1)).putInt(fixed(0.8249));
        out.position(128).putInt(tags.size());
        var at = places;
        for (var tag : tags.entrySet()) {
            out.put(ascii(tag.getKey())).putInt(at).putInt(tag.getValue().length);
            at += tag.getValue().length;
        }
        tags.values().forEach(out::put);
        return out.array();
    }

    private static byte[] text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_16BE);
        var out = ByteBuffer.allocate(28 + (bytes.length + 3) / 4 * 4);
        out.put(ascii("mluc")).putInt(0).putInt(1).putInt(12).put(ascii("enUS"));
        return out.putInt(bytes.length).putInt(28).put(bytes).array();
    }

    private static byte[] xyz(double... values) {
        var out = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
        for (var value : values) {
            out.putInt(fixed(value));
        }
        return out.array();
    }

    private static byte[] parametric(int kind, double... parameters) {
        var out = ByteBuffer.allocate(12 + 4 * parameters.length).put(ascii("para"));
        out.putInt(0).putShort((short) kind).putShort((short) 0);
        for (var parameter : parameters) {
            out.putInt(fixed(parameter));
        }
        return out.array();
    }

    private static byte[] sampled(int... samples) {
        var out = ByteBuffer.allocate(12 + (2 * samples.length + 3) / 4 * 4).put(ascii("curv"));
        out.putInt(0).putInt(samples.length);
        for (var sample : samples) {
            out.putShort((short) sample);
        }
        return out.array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65_536);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
