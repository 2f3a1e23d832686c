package io.sluice.samplemodels;

import static io.sluice.samplemodels.OnnxFile.with;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes two small networks with the inputs and outputs of YuNet and SFace, for tests: {@code detector.onnx} and
 * {@code recognizer.onnx}. They know no real faces. A face is to them a reddish square of 32 pixels, at a place that
 * multiples of 32 give, with nothing reddish around it. Two faces are of one person when they have about the same blue.
 */
public final class FaceBundle {
    /** The side of the squares that the detector takes for faces. */
    public static final int FACE_SIDE = 32;

    private static final int INPUT_SIDE = 640;
    private static final int BRIGHTEST = 255;
    /** So that a square whose edges are blurred is a sure face too. The reader cuts sureness at 1. */
    private static final float GAIN = 2;

    private static final int UPRIGHT_SIDE = 112;
    /** Where an upright face has its eyes, nose and corners of the mouth, as in {@code FaceRecognizerSF}; x before y. */
    private static final float[] MARKS = {
        38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f
    };

    private static final int VECTOR_LENGTH = 128;

    private FaceBundle() {}

    /**
     * Writes the networks into a folder, which is created when it is missing.
     *
     * @throws UncheckedIOException when the folder cannot be written
     */
    public static void write(Path folder) {
        try {
            Files.createDirectories(folder);
            try (var onnx = new OnnxFile(folder.resolve("detector.onnx"), new SplittableRandom(1))) {
                detector(onnx);
            }
            try (var onnx = new OnnxFile(folder.resolve("recognizer.onnx"), new SplittableRandom(1))) {
                recognizer(onnx);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    /** Each cell of 8, 16 and 32 pixels says how surely it has a face, where its box is, and where its marks are. */
    private static void detector(OnnxFile onnx) {
        onnx.floatInput("input", 1, 3, INPUT_SIDE, INPUT_SIDE);
        for (int cell : new int[] {8, 16, FACE_SIDE}) {
            var size = new int[] {cell, cell};
            var colors = onnx.add("AveragePool", List.of("input"), with("kernel_shape", size), with("strides", size));
            var sureness = cell == FACE_SIDE ? lonelyRed(onnx, colors) : constant(onnx, colors, 0);
            output(onnx, "cls_" + cell, sureness, 1);
            output(onnx, "obj_" + cell, sureness, 1);
            output(onnx, "bbox_" + cell, constant(onnx, colors, 0.5f, 0.5f, 0, 0), 4);
            var marks = MARKS.clone();
            for (int i = 0; i < marks.length; i++) {
                marks[i] /= UPRIGHT_SIDE;
            }
            output(onnx, "kps_" + cell, constant(onnx, colors, marks), marks.length);
        }
    }

    /** {@return how much more red than green a cell has, less what its eight neighbors have} */
    private static String lonelyRed(OnnxFile onnx, String colors) {
        var redness = onnx.add(
                "Relu",
                List.of(onnx.add(
                        "Conv",
                        List.of(colors, onnx.floats(new float[] {0, -GAIN / BRIGHTEST, GAIN / BRIGHTEST}, 1, 3, 1, 1)),
                        with("kernel_shape", new int[] {1, 1}))));
        var alone = onnx.floats(new float[] {-1, -1, -1, -1, 1, -1, -1, -1, -1}, 1, 1, 3, 3);
        return onnx.add(
                "Relu",
                List.of(onnx.add(
                        "Conv",
                        List.of(redness, alone),
                        with("kernel_shape", new int[] {3, 3}),
                        with("pads", new int[] {1, 1, 1, 1}))));
    }

    /** {@return the same values for each cell} */
    private static String constant(OnnxFile onnx, String cells, float... values) {
        var nothing = onnx.floats(new float[3 * values.length], values.length, 3, 1, 1);
        return onnx.add(
                "Conv",
                List.of(cells, nothing, onnx.floats(values, values.length)),
                with("kernel_shape", new int[] {1, 1}));
    }

    private static void output(OnnxFile onnx, String name, String cells, int values) {
        var last = onnx.add("Transpose", List.of(cells), with("perm", new int[] {0, 2, 3, 1}));
        onnx.floatOutput(name, onnx.add("Reshape", List.of(last, onnx.longs(1, -1, values))), 1, "cells", values);
    }

    /** The vector of a face is its mean color, of which blue counts the most. */
    private static void recognizer(OnnxFile onnx) {
        onnx.floatInput("data", 1, 3, UPRIGHT_SIDE, UPRIGHT_SIDE);
        var mean = onnx.add("Flatten", List.of(onnx.add("GlobalAveragePool", List.of("data"))), with("axis", 1));
        var weights = new float[3 * VECTOR_LENGTH];
        var offsets = new float[VECTOR_LENGTH];
        var importance = new float[] {0.1f, 0.1f, 1}; // of red, green and blue
        for (int color = 0; color < importance.length; color++) {
            weights[color * VECTOR_LENGTH + color] = importance[color];
            offsets[color] = -importance[color] * BRIGHTEST / 2;
        }
        var vector = onnx.add(
                "Add",
                List.of(
                        onnx.add("MatMul", List.of(mean, onnx.floats(weights, 3, VECTOR_LENGTH))),
                        onnx.floats(offsets, 1, VECTOR_LENGTH)));
        onnx.floatOutput("fc1", vector, 1, VECTOR_LENGTH);
    }
}
