package io.sluice.rekognizer.search;

import static java.util.stream.Collectors.groupingBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.FaceMatches.Match;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.face.FaceTables;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whose faces an image shows, and which images show a user. Both sides are indexed first and searched for then,
 * so the later of the two finds the other. A search that may have come too soon for the provider is repeated a minute
 * later.
 */
public final class FaceSearcher {
    /** The counter of searches. */
    static final String METER = "sluice.faces.searched";

    private static final Logger LOG = LoggerFactory.getLogger(FaceSearcher.class);
    private static final float THE_SAME = 100;
    private static final int PAGE = 100;

    private final FaceTables tables;
    private final FaceService service;
    private final float threshold;
    private final MeterRegistry meters;

    public FaceSearcher(FaceTables tables, FaceService service, FaceThreshold threshold, MeterRegistry meters) {
        this.tables = tables;
        this.service = service;
        this.threshold = threshold.threshold();
        this.meters = meters;
    }

    /**
     * Searches for the faces of an image, once. While no user is enrolled there is nothing to find: a selfie that is
     * enrolled later finds the image itself.
     */
    public void search(Kept image) {
        if (image.faces().isEmpty() || isSearched(image)) {
            return;
        }
        if (tables.enrolments().isAnyEnrolled()) {
            find(image, "photo");
        }
        tables.results().searched(image, threshold);
    }

    private boolean isSearched(Kept image) {
        var before = image.searchedWith();
        return before != null && before == threshold;
    }

    /** Searches for the images that show a user. */
    public void search(Enrolment enrolment) {
        find(enrolment, "enrolment");
    }

    /** Repeats the searches that may have come too soon. */
    public void searchAgain() {
        for (var enrolment : tables.enrolments().dueSearches(PAGE)) {
            repeat(() -> {
                find(enrolment, "again");
                tables.enrolments().searchedAgain(enrolment);
            });
        }
        for (var image : tables.results().dueSearches(PAGE)) {
            repeat(() -> {
                find(image, "again");
                tables.results().searchedAgain(image);
            });
        }
    }

    /** What fails alone stays due and holds up no other. */
    private static void repeat(Runnable search) {
        try {
            search.run();
        } catch (FaceServiceException e) {
            if (e.failure().mayBeOutage()) {
                throw e;
            }
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("a face is not searched for again yet");
        }
    }

    private void find(Kept image, String occasion) {
        var alike = new ArrayList<Alike>();
        for (var face : image.faces()) {
            // a selfie with the same bytes has the same face, which a search leaves out
            alike.add(new Alike(face, new FaceMatch(face.faceId(), THE_SAME)));
            searched(face.faceId(), occasion).forEach(other -> alike.add(new Alike(face, other)));
        }
        var enrolled =
                tables
                        .enrolments()
                        .withFaces(alike.stream()
                                .map(each -> each.other().faceId())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(groupingBy(Enrolment::faceId));
        var matches = alike.stream()
                .flatMap(each -> enrolled.getOrDefault(each.other().faceId(), List.of()).stream()
                        .map(enrolment -> match(
                                each.face().faceId(), enrolment, each.other().similarity())))
                .toList();
        tables.matches().save(matches, threshold);
    }

    /** A face of an image, and one that is like it. */
    private record Alike(Face face, FaceMatch other) {}

    private void find(Enrolment enrolment, String occasion) {
        var matches = new ArrayList<Match>();
        matches.add(match(enrolment.faceId(), enrolment, THE_SAME));
        for (var other : searched(enrolment.faceId(), occasion)) {
            matches.add(match(other.faceId(), enrolment, other.similarity()));
        }
        tables.matches().save(matches, threshold);
    }

    private static Match match(String faceId, Enrolment enrolment, float similarity) {
        return new Match(faceId, enrolment.userId(), enrolment.faceId(), similarity);
    }

    private List<FaceMatch> searched(String faceId, String occasion) {
        var found = service.search(faceId, threshold);
        meters.counter(METER, "occasion", occasion).increment();
        return found;
    }
}
