package io.sluice.rekognizer.aws;

import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.IndexedFaces;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.OnDemand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.Attribute;
import software.amazon.awssdk.services.rekognition.model.BoundingBox;
import software.amazon.awssdk.services.rekognition.model.FaceRecord;
import software.amazon.awssdk.services.rekognition.model.InvalidImageFormatException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.QualityFilter;
import software.amazon.awssdk.services.rekognition.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.rekognition.model.ResourceNotFoundException;
import software.amazon.awssdk.services.rekognition.model.UnsuccessfulFaceDeletionReason;

/** Faces in a collection of Rekognition. The first call makes the client. A call that finds no collection makes it. */
final class AwsFaceService implements FaceService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsFaceService.class);
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final Duration STAYS_FULL = Duration.ofMinutes(15);
    /** Rekognition searches for, and deletes, no more faces in a call. */
    private static final int MOST_IN_CALL = 4_096;
    /** No picture, so Rekognition analyses nothing and charges nothing, but counts the call. */
    private static final byte[] NO_PICTURE = {0};

    private final String collection;
    private final OnDemand<RekognitionClient> client;
    private final InstantSource clock;
    private volatile @Nullable String modelVersion;
    private volatile @Nullable Trouble trouble;

    AwsFaceService(String collection, Supplier<RekognitionClient> client, InstantSource clock) {
        this.collection = collection;
        this.clock = clock;
        this.client = new OnDemand<>(client, RekognitionClient::close);
    }

    @Override
    public IndexedFaces index(byte[] image, String externalImageId, int maxFaces) {
        var answer = paid(() -> inCollection(() -> client.get()
                .indexFaces(request -> request.collectionId(collection)
                        .image(picture -> picture.bytes(SdkBytes.fromByteArrayUnsafe(image)))
                        .externalImageId(externalImageId)
                        .maxFaces(maxFaces)
                        .qualityFilter(QualityFilter.AUTO)
                        .detectionAttributes(Attribute.DEFAULT))));
        return new IndexedFaces(
                answer.faceModelVersion(),
                answer.faceRecords().stream().map(AwsFaceService::face).toList());
    }

    private static Face face(FaceRecord found) {
        var face = found.face();
        return new Face(face.faceId(), box(face.boundingBox()), face.confidence());
    }

    private static Box box(BoundingBox box) {
        return new Box(box.left(), box.top(), box.width(), box.height());
    }

    @Override
    public List<FaceMatch> search(String faceId, float threshold) {
        return paid(() -> inCollection(() -> matches(faceId, threshold)));
    }

    private List<FaceMatch> matches(String faceId, float threshold) {
        try {
            return client
                    .get()
                    .searchFaces(request -> request.collectionId(collection)
                            .faceId(faceId)
                            .maxFaces(MOST_IN_CALL)
                            .faceMatchThreshold(threshold))
                    .faceMatches()
                    .stream()
                    .map(match -> new FaceMatch(match.face().faceId(), match.similarity()))
                    .toList();
        } catch (InvalidParameterException e) {
            // all parameters are valid, so the face was deleted meanwhile
            LOG.atDebug().addKeyValue("face", faceId).log("the face is not in the collection");
            return List.of();
        }
    }

    @Override
    public Set<String> delete(Collection<String> faceIds) {
        var gone = new HashSet<String>();
        var all = new ArrayList<>(new HashSet<>(faceIds));
        for (var from = 0; from < all.size(); from += MOST_IN_CALL) {
            var some = all.subList(from, Math.min(from + MOST_IN_CALL, all.size()));
            gone.addAll(translated(() -> deleted(some)));
        }
        return gone;
    }

    private Set<String> deleted(List<String> faceIds) {
        try {
            var answer = client.get()
                    .deleteFaces(request -> request.collectionId(collection).faceIds(faceIds));
            var gone = new HashSet<>(answer.deletedFaces());
            for (var failed : answer.unsuccessfulFaceDeletions()) {
                if (failed.reasons().contains(UnsuccessfulFaceDeletionReason.FACE_NOT_FOUND)) {
                    gone.add(failed.faceId());
                }
            }
            return gone;
        } catch (ResourceNotFoundException e) {
            return Set.copyOf(faceIds); // without a collection there are no faces
        }
    }

    @Override
    public List<String> facesOf(String externalImageId) {
        return translated(() -> {
            try {
                return client
                        .get()
                        .listFacesPaginator(
                                request -> request.collectionId(collection).maxResults(MOST_IN_CALL))
                        .faces()
                        .stream()
                        .filter(face -> externalImageId.equals(face.externalImageId()))
                        .map(face -> face.faceId())
                        .toList();
            } catch (ResourceNotFoundException e) {
                return List.of(); // without a collection there are no faces
            }
        });
    }

    @Override
    public String modelVersion() {
        var known = modelVersion;
        if (known == null) {
            known = translated(() -> inCollection(
                            () -> client.get().describeCollection(request -> request.collectionId(collection))))
                    .faceModelVersion();
            modelVersion = known;
        }
        return known;
    }

    /** Returns the result of the call. When the collection is missing, makes it and repeats the call. */
    private <T> T inCollection(Supplier<T> call) {
        try {
            return call.get();
        } catch (ResourceNotFoundException e) {
            createCollection();
            return call.get();
        }
    }

    private void createCollection() {
        try {
            var made = client.get().createCollection(request -> request.collectionId(collection));
            modelVersion = made.faceModelVersion();
            LOG.atInfo()
                    .addKeyValue("collection", collection)
                    .addKeyValue("model", made.faceModelVersion())
                    .log("created a collection of faces");
        } catch (ResourceAlreadyExistsException e) {
            LOG.atDebug().addKeyValue("collection", collection).log("the collection exists already");
        }
    }

    /** The last paid call failed, perhaps because of the whole account. */
    private record Trouble(FaceServiceException thrown, Instant at) {}

    /** A paid call. Remembers whether it failed, for the probe. */
    private <T> T paid(Supplier<T> call) {
        try {
            var result = translated(call);
            trouble = null;
            return result;
        } catch (FaceServiceException e) {
            trouble = e.failure().mayBeOutage() ? new Trouble(e, clock.instant()) : null;
            throw e;
        }
    }

    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new FaceServiceException(RekognitionErrors.of(e));
        }
    }

    /**
     * Asks for the collection. AWS limits and permits each kind of call on its own, so after trouble with a paid call this
     * also tries one, with a picture that is none. That call cannot tell whether the collection is full, so a full one is
     * tried with the next photo some minutes later.
     */
    @Override
    public void probe() {
        translated(() -> {
            describe();
            return collection;
        });
        var last = trouble;
        if (last != null) {
            if (isFull(last)) {
                throw last.thrown();
            }
            translated(this::tryToIndex);
            trouble = null;
        }
    }

    private boolean isFull(Trouble last) {
        return last.thrown().failure().code() == RekognizerFailure.REKOGNITION_QUOTA_EXCEEDED
                && clock.instant().isBefore(last.at().plus(STAYS_FULL));
    }

    private void describe() {
        try {
            client.get()
                    .describeCollection(request -> request.collectionId(collection)
                            .overrideConfiguration(override -> override.apiCallTimeout(PROBE)));
        } catch (ResourceNotFoundException e) {
            LOG.atDebug().addKeyValue("collection", collection).log("there is no collection yet");
        }
    }

    private boolean tryToIndex() {
        try {
            client.get()
                    .indexFaces(request -> request.collectionId(collection)
                            .image(picture -> picture.bytes(SdkBytes.fromByteArrayUnsafe(NO_PICTURE)))
                            .overrideConfiguration(override -> override.apiCallTimeout(PROBE)));
        } catch (InvalidImageFormatException | InvalidParameterException | ResourceNotFoundException e) {
            LOG.atDebug().log("Rekognition accepts calls again");
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
