package io.sluice.pictures.resize;

import io.sluice.pictures.resize.Framing.Fit;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * Pixels that a test knows, and what preprocessing makes of them by definition: in double precision, from the formulas of
 * Pillow's documentation and source, sharing nothing with the code under test.
 */
public final class ReferencePixels {
    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final int[] rgb;

    private ReferencePixels(int width, int height, int[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** Black and white beside every other value, so that overshoot is clipped somewhere. */
    public static ReferencePixels noise(int width, int height, long seed) {
        var random = new Random(seed);
        var rgb = new int[width * height * CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = random.nextInt(3) == 0 ? 255 * random.nextInt(2) : random.nextInt(256);
        }
        return new ReferencePixels(width, height, rgb);
    }

    /** What this picture shows on a white page. */
    public static ReferencePixels of(BufferedImage image) {
        var pixels = new ReferencePixels(
                image.getWidth(), image.getHeight(), new int[image.getWidth() * image.getHeight() * CHANNELS]);
        for (int y = 0; y < pixels.height; y++) {
            for (int x = 0; x < pixels.width; x++) {
                var color = image.getRGB(x, y);
                var alpha = (color >>> 24) / 255.0;
                for (int c = 0; c < CHANNELS; c++) {
                    var value = color >> (16 - 8 * c) & 0xFF;
                    pixels.rgb[pixels.index(x, y, c)] = (int) Math.floor(value * alpha + 255 * (1 - alpha) + 0.5);
                }
            }
        }
        return pixels;
    }

    /** {@return the gray picture whose samples these are; the JDK's own colors of gray have been through a gamma} */
    public static ReferencePixels ofGray(BufferedImage image) {
        var raster = image.getRaster();
        var pixels = noise(image.getWidth(), image.getHeight(), 0);
        for (int i = 0; i < pixels.rgb.length; i++) {
            var pixel = i / CHANNELS;
            pixels.rgb[i] = raster.getSample(pixel % pixels.width, pixel / pixels.width, 0);
        }
        return pixels;
    }

    public static ReferencePixels gradient(int width, int height) {
        var pixels = noise(width, height, 0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels.rgb[pixels.index(x, y, 0)] = 255 * x / width;
                pixels.rgb[pixels.index(x, y, 1)] = 255 * y / height;
                pixels.rgb[pixels.index(x, y, 2)] = 255 * (x + y) / (width + height);
            }
        }
        return pixels;
    }

    /** {@return the red of these as gray} */
    public ReferencePixels gray() {
        var gray = new ReferencePixels(width, height, rgb.clone());
        for (int i = 0; i < rgb.length; i++) {
            gray.rgb[i] = rgb[i / CHANNELS * CHANNELS];
        }
        return gray;
    }

    public BufferedImage image() {
        return image(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
    }

    /** {@return the image, drawn over as well as its colors allow} */
    public BufferedImage image(BufferedImage image) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xFF000000 | color(x, y));
            }
        }
        return image;
    }

    /** {@return these colors under alpha of every degree but nothing at all} */
    public BufferedImage translucent() {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, alpha(x, y) << 24 | color(x, y));
            }
        }
        return image;
    }

    /** {@return what {@link #translucent} shows on a white page} */
    public ReferencePixels translucentOnWhite() {
        var shown = new ReferencePixels(width, height, rgb.clone());
        for (int i = 0; i < rgb.length; i++) {
            var pixel = i / CHANNELS;
            var alpha = alpha(pixel % width, pixel / width) / 255.0;
            shown.rgb[i] = (int) Math.floor(rgb[i] * alpha + 255 * (1 - alpha) + 0.5);
        }
        return shown;
    }

    private static int alpha(int x, int y) {
        return 1 + (x * 7 + y) % 255;
    }

    /** {@return an image whose samples are the reds, times {@code factor}} */
    public BufferedImage grayImage(int type, int factor) {
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, at(x, y, 0) * factor);
            }
        }
        return image;
    }

    private int color(int x, int y) {
        return at(x, y, 0) << 16 | at(x, y, 1) << 8 | at(x, y, 2);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int at(int x, int y, int channel) {
        return rgb[index(x, y, channel)];
    }

    private int index(int x, int y, int channel) {
        return (y * width + x) * CHANNELS + channel;
    }

    /** {@return the picture upright, when these are pixels stored with this Exif orientation} */
    public ReferencePixels upright(int orientation) {
        var swapsSides = orientation >= 5;
        var turned = new ReferencePixels(swapsSides ? height : width, swapsSides ? width : height, new int[rgb.length]);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                var right = width - 1 - x;
                var below = height - 1 - y;
                // Exif 2.32, 4.6.4 A: what the 0th row and the 0th column of the stored picture are
                var to = switch (orientation) {
                    case 2 -> new int[] {right, y};
                    case 3 -> new int[] {right, below};
                    case 4 -> new int[] {x, below};
                    case 5 -> new int[] {y, x};
                    case 6 -> new int[] {below, x};
                    case 7 -> new int[] {below, right};
                    case 8 -> new int[] {y, right};
                    default -> new int[] {x, y};
                };
                for (int c = 0; c < CHANNELS; c++) {
                    turned.rgb[turned.index(to[0], to[1], c)] = at(x, y, c);
                }
            }
        }
        return turned;
    }

    /** {@return the framed picture, as RGB} */
    public int[] framed(int side, Fit fit) {
        var shorter = Math.min(width, height);
        var scaledWidth = fit == Fit.STRETCH ? side : (int) ((double) side * width / shorter);
        var scaledHeight = fit == Fit.STRETCH ? side : (int) ((double) side * height / shorter);
        return scaled(scaledWidth, scaledHeight, side, side);
    }

    /** {@return the picture in another size, as RGB} */
    public int[] scaled(int newWidth, int newHeight) {
        return scaled(newWidth, newHeight, newWidth, newHeight);
    }

    private int[] scaled(int scaledWidth, int scaledHeight, int columns, int rows) {
        var wide = new int[height][columns * CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                for (int c = 0; c < CHANNELS; c++) {
                    var line = new Line(this, y, c);
                    wide[y][x * CHANNELS + c] = sample(line::at, width, scaledWidth, (scaledWidth - columns) / 2 + x);
                }
            }
        }
        var result = new int[rows * columns * CHANNELS];
        for (int i = 0; i < result.length; i++) {
            var column = i % (columns * CHANNELS);
            var target = (scaledHeight - rows) / 2 + i / (columns * CHANNELS);
            result[i] = sample(y -> wide[y][column], height, scaledHeight, target);
        }
        return result;
    }

    private record Line(ReferencePixels pixels, int y, int channel) {
        int at(int x) {
            return pixels.at(x, y, channel);
        }
    }

    private static int sample(IntUnaryOperator line, int length, int targets, int target) {
        var scale = (double) length / targets;
        var stretch = Math.max(scale, 1.0);
        var center = (target + 0.5) * scale;
        // the window is of whole pixels, as the original's
        var from = (int) Math.max(0, center - 2 * stretch + 0.5);
        var end = (int) Math.min(length, center + 2 * stretch + 0.5);
        var sum = 0.0;
        var weights = 0.0;
        for (int i = from; i < end; i++) {
            var weight = keys((i + 0.5 - center) / stretch);
            sum += weight * line.applyAsInt(i);
            weights += weight;
        }
        return (int) Math.clamp(Math.floor(sum / weights + 0.5), 0.0, 255.0);
    }

    private static double keys(double x) {
        var d = Math.abs(x);
        if (d <= 1) {
            return 1.5 * Math.pow(d, 3) - 2.5 * Math.pow(d, 2) + 1;
        }
        return d < 2 ? -0.5 * Math.pow(d, 3) + 2.5 * Math.pow(d, 2) - 4 * d + 2 : 0;
    }

    /** {@return the pixels as a decoder gives them} */
    public PixelRows asRows() {
        return new PixelRows() {
            @Override
            public int width() {
                return width;
            }

            @Override
            public int height() {
                return height;
            }

            @Override
            public void read(int y, int from, byte[] row) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (byte) at(from + i / CHANNELS, y, CHANNELS - 1 - i % CHANNELS);
                }
            }

            @Override
            public void close() {}
        };
    }
}
