package io.sluice.embedder.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.pictures.resize.Framing.Transparency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The preprocessing of a picture for a network, from {@code preprocessor_config.json}: the picture is framed, then each
 * channel value {@code v} from 0 to 255 becomes {@code (v * rescale - mean) / deviation}. A transparent picture is laid
 * on white, unless {@code "transparency": "drop"} asks for the colors that alpha hides, as the reference gives them.
 *
 * @param mean of red, green and blue
 * @param deviation of red, green and blue
 */
public record Preprocessing(Framing framing, double rescale, List<Double> mean, List<Double> deviation) {
    private static final int BICUBIC = 3;
    private static final int CHANNELS = 3;
    private static final int VALUES = 256;

    public Preprocessing {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != CHANNELS || deviation.size() != CHANNELS) {
            throw new IllegalArgumentException("a picture has three channels, not " + mean.size());
        }
    }

    /** {@return the network's input for each of the 256 values of a channel} */
    public float[] table(int channel) {
        var table = new float[VALUES];
        for (int value = 0; value < VALUES; value++) {
            table[value] = (float) ((value * rescale - mean.get(channel)) / deviation.get(channel));
        }
        return table;
    }

    static Preprocessing read(Path file) {
        var json = JsonFile.read(file);
        var steps = new Steps(file, json);
        if (json.path("resample").asInt(BICUBIC) != BICUBIC) {
            throw steps.unknown("resample", "bicubic (3)");
        }
        var normalizes = json.path("do_normalize").asBoolean(true);
        return new Preprocessing(
                steps.framing(),
                json.path("do_rescale").asBoolean(true)
                        ? json.path("rescale_factor").asDouble(1 / 255.0)
                        : 1,
                normalizes ? steps.channels("image_mean") : List.of(0.0, 0.0, 0.0),
                normalizes ? steps.channels("image_std") : List.of(1.0, 1.0, 1.0));
    }

    private record Steps(Path file, JsonNode json) {
        Framing framing() {
            var size = json.path("size");
            var scaled =
                    size.isInt() ? size.asInt() : size.path("shortest_edge").asInt(0);
            var stretched = size.path("height").asInt(0);
            if (stretched > 0 && stretched == size.path("width").asInt()) {
                return new Framing(stretched, Fit.STRETCH, transparency());
            }
            var crop = json.path("crop_size");
            var side = crop.isInt() ? crop.asInt() : crop.path("height").asInt(0);
            if (scaled < 1 || side != scaled || !json.path("do_center_crop").asBoolean(true)) {
                throw unknown("size and crop_size", "one number for both, or height and width of a square");
            }
            return new Framing(side, Fit.CENTER_CROP, transparency());
        }

        /** Hugging Face has no name for this. Its {@code do_convert_rgb} does not say what becomes of alpha. */
        private Transparency transparency() {
            return switch (json.path("transparency").asText("white")) {
                case "white" -> Transparency.ON_WHITE;
                case "drop" -> Transparency.DROPPED;
                default -> throw unknown("transparency", "white or drop");
            };
        }

        List<Double> channels(String name) {
            var values = new ArrayList<Double>();
            json.path(name).forEach(value -> values.add(value.asDouble()));
            if (values.size() != CHANNELS) {
                throw unknown(name, "three numbers");
            }
            return values;
        }

        UnusableModelException unknown(String name, String known) {
            return new UnusableModelException("%s asks for a preprocessing that Sluice does not have: %s must be %s"
                    .formatted(file, name, known));
        }
    }
}
