package io.sluice.indexer.photo;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.indexer.photo.PhotoLab.Written;
import io.sluice.runtime.FacesConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.wire.Headers;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.photo.PhotoRow;
import io.sluice.testkit.TestKafka;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The third stage of photos: their faces. The test plays the gateway, the preparer and the rekognizer. */
class PhotoFacesIT {
    private final PhotoLab photos = new PhotoLab(new InMemoryObjects(), new FacesConfig("on"));

    @AfterEach
    void close() {
        photos.close();
    }

    @Test
    void theJobOfAPhotoEndsWhenItsFacesAreKnown() {
        start();
        var written = photos.upload("bytes", "x1");
        photos.prepare(written);
        photos.awaitRecognized();
        assertThat(photos.lab.reports(written.jobId()))
                .containsExactlyInAnyOrder("saved:processing", "indexed:processing");

        photos.recognize(written, Map.of(), "f-1", "f-2");
        photos.awaitRecognized();

        assertThat(photos.lab.reports(written.jobId())).contains("recognized:succeeded");
        assertThat(row(written).isRecognized()).isTrue();
        assertThat(faces(written)).containsExactly("f-1", "f-2");
    }

    @Test
    void theJobOfADeleteEndsWhenTheRekognizerSaysSo() {
        start();
        var written = photos.upload("bytes", "x1");
        photos.prepare(written);
        photos.recognize(written, Map.of(), "f-1");
        photos.awaitRecognized();

        var deleted = photos.delete(written.photoId());
        photos.prepare(deleted);
        photos.awaitRecognized();
        assertThat(photos.lab.reports(deleted.jobId())).doesNotContain("recognized:succeeded");
        assertThat(photos.ledger.find(List.of(written.photoId())).values())
                .singleElement()
                .returns(null, PhotoRow::faces);
        photos.recognize(deleted, Map.of());
        photos.awaitRecognized();

        assertThat(photos.lab.reports(deleted.jobId())).contains("indexed:processing", "recognized:succeeded");
    }

    /** Compaction would keep the late record alone, and a new ledger would have faces of a photo that was deleted. */
    @Test
    void theNewestVersionIsWrittenBehindARecordThatCameLate() {
        start();
        var gone = photos.upload("gone", "x1");
        var kept = photos.upload("kept", "x2");
        var deleted = photos.delete(gone.photoId());
        var sentAgain = photos.upload("kept", "x2");
        photos.recognize(deleted, Map.of());
        photos.recognize(sentAgain, Map.of(), "f-new");
        photos.awaitRecognized();

        photos.recognize(gone, Map.of(Headers.OUT_OF_TURN, "true"), "f-gone");
        photos.recognize(kept, Map.of(Headers.OUT_OF_TURN, "true"), "f-old");
        await().until(() -> photos.lab.read(Topics.PHOTO_FACES).size() >= 6);
        photos.awaitRecognized();

        var records = photos.lab.read(Topics.PHOTO_FACES);
        assertThat(records).as("each once").hasSize(6);
        assertThat(records.subList(4, 6))
                .extracting(record -> TestKafka.header(record, Headers.ENTITY_VERSION))
                .containsExactlyInAnyOrder(String.valueOf(deleted.version()), String.valueOf(sentAgain.version()));
        assertThat(photos.ledger.find(gone.photoId())).isEmpty();
        assertThat(faces(kept)).containsExactly("f-new");
    }

    /** A new ledger that reads the three topics from the beginning, in any order, has what the old one had. */
    @Seeded
    @Test
    void theThreeTopicsComeInAnyOrder(Seed seed) {
        var random = seed.random();
        var written = new ArrayList<Written>();
        for (var i = 0; i < 20; i++) {
            var first = photos.upload("bytes " + i, "x1");
            written.add(first);
            if (random.nextBoolean()) {
                written.add(photos.delete(first.photoId()));
            }
            if (random.nextBoolean()) {
                written.add(photos.upload("bytes " + i, "x2"));
            }
        }
        var newest = new HashMap<String, Written>();
        written.forEach(one -> newest.put(one.photoId(), one));
        var ofPrepared = new ArrayList<>(written);
        Collections.shuffle(ofPrepared, random);
        ofPrepared.forEach(photos::prepare);
        var ofFaces = new ArrayList<>(written);
        Collections.shuffle(ofFaces, random);
        ofFaces.forEach(one -> photos.recognize(one, Map.of(), "f-" + one.version()));
        var starts = new ArrayList<Runnable>(List.of(
                () -> photos.lab.start(photos.photos),
                () -> photos.lab.start(photos.preparedPhotos),
                () -> photos.lab.start(photos.photoFaces)));
        Collections.shuffle(starts, random);
        starts.forEach(Runnable::run);
        photos.awaitRecognized();

        newest.values().forEach(one -> {
            var found = photos.ledger.find(one.photoId());
            assertThat(found.isPresent()).as("%s", one).isEqualTo(one.photo() != null);
            if (one.photo() != null) {
                assertThat(found.orElseThrow().isPrepared()).isTrue();
                assertThat(found.orElseThrow().isRecognized()).isTrue();
                assertThat(faces(one)).containsExactly("f-" + one.version());
            }
        });
    }

    private void start() {
        photos.lab.start(photos.photos);
        photos.lab.start(photos.preparedPhotos);
        photos.lab.start(photos.photoFaces);
    }

    private PhotoRow row(Written written) {
        return photos.ledger.find(written.photoId()).orElseThrow();
    }

    private List<String> faces(Written written) {
        var faces = row(written).faces();
        return faces == null
                ? List.of()
                : faces.found().stream().map(Face::faceId).toList();
    }
}
