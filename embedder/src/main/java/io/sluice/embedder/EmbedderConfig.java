package io.sluice.embedder;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.embedder.bundle.ModelLibrary;
import io.sluice.embedder.bundle.Precision;
import io.sluice.embedder.model.BuiltinModel;
import io.sluice.embedder.model.Provider;
import java.time.Duration;

/**
 * The embedder's own settings.
 *
 * @param model which model makes the vectors: {@code builtin}, a name that {@code ./sluice models list} shows, or the
 *     folder of a CLIP bundle
 * @param precision which networks of a bundle are loaded: {@code fp32}, {@code int8}, or {@code any}, which prefers
 *     fp32
 * @param provider what the networks run on: {@code cpu} or {@code cuda}
 * @param modelsDir folder for models that {@code ./sluice models pull} downloads; {@code ~} is the home folder
 * @param catalog catalog file with models of your own, in the format of the catalog that comes with Sluice
 * @param batchSize how many products are embedded together
 * @param cores number of threads that compute; 0 means one for each core of the machine
 * @param fetches how many image files of products are held in memory at a time
 * @param decodeLimit how long the decoding of one image may take before its product or photo fails
 */
@ConfigurationProperties("embedder")
record EmbedderConfig(
        @Bindable(defaultValue = BuiltinModel.NAME) String model,
        @Bindable(defaultValue = "any") Precision precision,
        @Bindable(defaultValue = "cpu") Provider provider,

        @Bindable(defaultValue = ModelLibrary.DEFAULT_FOLDER)
        String modelsDir,

        @Bindable(defaultValue = "") String catalog,
        @Bindable(defaultValue = "32") int batchSize,
        @Bindable(defaultValue = "0") int cores,
        @Bindable(defaultValue = "8") int fetches,
        @Bindable(defaultValue = "20s") Duration decodeLimit) {
    EmbedderConfig {
        between("embedder.batch-size", batchSize, 1, 1_000);
        between("embedder.cores", cores, 0, 1_024);
        between("embedder.fetches", fetches, 1, 256);
        if (decodeLimit.toMillis() < 100 || decodeLimit.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "embedder.decode-limit must be between 100 ms and 10 minutes, is " + decodeLimit);
        }
    }

    static EmbedderConfig ofDefaults() {
        return new EmbedderConfig(
                BuiltinModel.NAME,
                Precision.ANY,
                Provider.CPU,
                ModelLibrary.DEFAULT_FOLDER,
                "",
                32,
                0,
                8,
                Duration.ofSeconds(20));
    }

    int threads() {
        return cores > 0 ? cores : Runtime.getRuntime().availableProcessors();
    }

    private static void between(String key, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(key + " must be between " + low + " and " + high + ", is " + value);
        }
    }
}
