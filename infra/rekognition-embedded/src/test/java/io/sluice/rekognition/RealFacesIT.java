package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real models and photos of real people, which are not part of the project. It runs with
 * {@code -Dsluice.faces.models=FOLDER}, where {@code ./sluice models pull faces} has put the models, and
 * {@code -Dsluice.faces.photos=FOLDER}: JPEG or PNG files with one face each, named PERSON-ANYTHING.jpg. Other models may
 * need another {@code -Dsluice.faces.threshold=PERCENT} than 80.
 */
class RealFacesIT {
    private static final float THRESHOLD = Float.parseFloat(System.getProperty("sluice.faces.threshold", "80"));

    @Test
    void peopleAreFoundOnTheirPhotosAndOnNoOthers(@TempDir Path folder) throws IOException {
        var models = folderOf("sluice.faces.models");
        var photos = photos(folderOf("sluice.faces.photos"));
        try (var rekognition = LocalRekognition.on(folder, models)) {
            var client = rekognition.client();
            client.createCollection(request -> request.collectionId("c"));
            for (var photo : photos) {
                var indexed = rekognition.index(
                        "c",
                        Files.readAllBytes(photo),
                        request -> request.externalImageId(photo.getFileName().toString()));
                assertThat(indexed.faceRecords()).as("faces on %s", photo).hasSize(1);
            }
            for (var photo : photos) {
                var picture = LocalRekognition.image(Files.readAllBytes(photo));

                var found = client.searchFacesByImage(
                        request -> request.collectionId("c").image(picture).faceMatchThreshold(THRESHOLD));

                assertThat(found.faceMatches())
                        .as("photos that show the person of %s", photo)
                        .extracting(match -> match.face().externalImageId())
                        .containsExactlyInAnyOrderElementsOf(photos.stream()
                                .filter(other -> person(other).equals(person(photo)))
                                .map(other -> other.getFileName().toString())
                                .toList());
            }
        }
    }

    private static Path folderOf(String property) {
        var folder = Optional.ofNullable(System.getProperty(property)).map(Path::of);
        assumeTrue(
                folder.isPresent(),
                () -> "NOT RUN: real faces were not tried, because -D%s names no folder".formatted(property));
        return folder.orElseThrow();
    }

    private static List<Path> photos(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String person(Path photo) {
        var name = photo.getFileName().toString();
        return name.substring(0, name.indexOf('-'));
    }
}
