package io.sluice.rekognizer.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.stores.face.FaceResults;
import io.sluice.stores.face.FaceResults.Busy;
import io.sluice.stores.face.FaceResults.Granted;
import io.sluice.stores.face.FaceResults.Keep;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.face.FaceResults.Late;
import io.sluice.stores.face.FaceResults.Removal;
import io.sluice.stores.face.ImageHolder;
import io.sluice.stores.face.SentImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the faces of an image. The provider is asked only when its answer is not kept: each call is paid for. A photo and
 * a selfie with the same bytes are one image.
 */
public final class ImageIndexer {
    /** The counter of images whose faces are known: from a call, or from what is kept. */
    static final String METER = "sluice.faces.indexed";

    private static final Logger LOG = LoggerFactory.getLogger(ImageIndexer.class);
    private static final String OPERATION = "IndexFaces";

    private final FaceResults results;
    private final FaceService service;
    private final FaceForgetter forgetter;
    private final Leases leases;
    private final String parameters;
    private final Counter called;
    private final Counter kept;

    /** @param collection where the provider keeps the faces */
    public ImageIndexer(
            FaceResults results,
            FaceService service,
            FaceForgetter forgetter,
            String collection,
            MeterRegistry meters) {
        this.results = results;
        this.service = service;
        this.forgetter = forgetter;
        this.leases = forgetter.leases();
        this.parameters = "collection=" + collection + "," + FaceService.parametersOfIndex(FaceService.MOST_FACES);
        this.called = counter(meters, "provider");
        this.kept = counter(meters, "reused");
    }

    private static Counter counter(MeterRegistry meters, String source) {
        return Counter.builder(METER)
                .description("Images whose faces are known, from a call of the provider or from what is kept")
                .tag("source", source)
                .register(meters);
    }

    /**
     * Lets the holder refer to an image, in place of the one it referred to.
     *
     * @param sha256 of the image
     * @param image called only when the provider is asked
     * @return the faces; empty when the holder has a newer version
     * @throws RuntimeException what the stores, the provider and {@code image} throw
     */
    public Optional<Kept> index(ImageHolder holder, long version, String sha256, Supplier<byte[]> image) {
        var sent = new SentImage(sha256, OPERATION, parameters, service.modelVersion());
        var waits = new Waits();
        while (true) {
            switch (results.claim(holder, version, sent)) {
                case Late() -> {
                    return Optional.empty();
                }
                case Kept known -> {
                    kept.increment();
                    return Optional.of(known);
                }
                case Busy() -> waits.oneMore();
                case Removal removal -> forgetter.remove(removal);
                case Granted claim -> {
                    switch (ask(claim, image)) {
                        case Kept made -> {
                            return Optional.of(made);
                        }
                        case Removal removal -> forgetter.remove(removal);
                    }
                }
            }
        }
    }

    private Keep ask(Granted claim, Supplier<byte[]> image) {
        try (var _ = leases.hold(List.of(claim.token()))) {
            var found = service.index(image.get(), claim.image().sha256(), FaceService.MOST_FACES);
            called.increment();
            LOG.atDebug()
                    .addKeyValue("image", claim.image().sha256())
                    .addKeyValue("faces", found.faces().size())
                    .log("faces of an image are found");
            return results.keep(claim, found.faces());
        } catch (RuntimeException | Error e) {
            giveUp(claim, e);
            throw e;
        }
    }

    private void giveUp(Granted claim, Throwable why) {
        try {
            results.giveUp(claim, isRefused(why));
        } catch (RuntimeException e) {
            why.addSuppressed(e); // the lease runs out
        }
    }

    /** A picture that the provider refuses has made no face there. After any other failure it may have. */
    private static boolean isRefused(Throwable thrown) {
        return thrown instanceof FaceServiceException refused && refused.failure() instanceof Fatal;
    }
}
