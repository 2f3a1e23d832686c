package io.sluice.rekognition;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.samplephotos.SamplePhotos;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.FaceMatch;

/** The sample photos, as the services use them. */
class SamplesIT {
    private static final int PEOPLE = 5;
    private static final int PHOTOS = 30;

    @Seeded
    @Test
    void eachSelfieFindsThePhotosOfItsPersonAndNoOther(Seed seed, @TempDir Path folder) {
        var samples = SamplePhotos.of(PEOPLE, PHOTOS, seed.value());
        try (var rekognition = LocalRekognition.on(folder)) {
            rekognition.client().createCollection(request -> request.collectionId("c"));
            for (var photo : samples.photos()) {
                var indexed =
                        rekognition.index("c", photo.jpeg(), request -> request.externalImageId(photo.fileName()));
                assertThat(indexed.faceRecords()).as(photo.fileName()).hasSameSizeAs(photo.people());
            }
            for (int i = 0; i < PEOPLE; i++) {
                var person = samples.people().get(i);
                var selfie = rekognition
                        .index("c", samples.selfies().get(i).jpeg(), request -> request.externalImageId("selfie"))
                        .faceRecords();
                assertThat(selfie).as("selfie of %s", person.name()).hasSize(1);

                var found = rekognition
                        .client()
                        .searchFaces(request -> request.collectionId("c")
                                .faceId(selfie.getFirst().face().faceId())
                                .maxFaces(4096));

                assertThat(found.faceMatches().stream()
                                .map(FaceMatch::face)
                                .map(face -> face.externalImageId())
                                .collect(toSet()))
                        .as("photos of %s", person.name())
                        .isEqualTo(samples.photos().stream()
                                .filter(photo -> photo.people().contains(person))
                                .map(photo -> photo.fileName())
                                .collect(toSet()));
            }
        }
    }
}
