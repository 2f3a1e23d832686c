package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.InvalidPaginationTokenException;
import software.amazon.awssdk.services.rekognition.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.rekognition.model.ResourceNotFoundException;

class CollectionsIT {
    @TempDir
    Path folder;

    private LocalRekognition rekognition;

    @BeforeEach
    void start() {
        rekognition = LocalRekognition.on(folder);
    }

    @AfterEach
    void stop() {
        rekognition.close();
    }

    @Test
    void aCollectionIsCreatedDescribedListedAndDeleted() {
        var client = rekognition.client();

        var created = client.createCollection(request -> request.collectionId("holiday.2026"));
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.collectionArn()).isEqualTo("aws:rekognition:eu-west-1:000000000000:collection/holiday.2026");
        assertThat(created.faceModelVersion()).contains("markers-only");

        var described = client.describeCollection(request -> request.collectionId("holiday.2026"));
        assertThat(described.faceCount()).isZero();
        assertThat(described.userCount()).isZero();
        assertThat(described.faceModelVersion()).isEqualTo(created.faceModelVersion());
        assertThat(described.collectionARN()).isEqualTo("arn:" + created.collectionArn());
        assertThat(described.creationTimestamp()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));

        var listed = client.listCollections(request -> {});
        assertThat(listed.collectionIds()).containsExactly("holiday.2026");
        assertThat(listed.faceModelVersions()).containsExactly(created.faceModelVersion());
        assertThat(listed.nextToken()).isNull();

        assertThat(client.deleteCollection(request -> request.collectionId("holiday.2026"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.listCollections(request -> {}).collectionIds()).isEmpty();
    }

    @Test
    void aCollectionIsCreatedOnce() {
        rekognition.client().createCollection(request -> request.collectionId("one"));

        assertThatThrownBy(() -> rekognition.client().createCollection(request -> request.collectionId("one")))
                .isInstanceOf(ResourceAlreadyExistsException.class)
                .hasMessageContaining("The collection id: one already exists");
        rekognition.client().createCollection(request -> request.collectionId("ONE"));
    }

    @Test
    void aCollectionThatIsNotThereIsNotFound() {
        var client = rekognition.client();

        assertThatThrownBy(() -> client.describeCollection(request -> request.collectionId("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The collection id: none does not exist");
        assertThatThrownBy(() -> client.deleteCollection(request -> request.collectionId("none")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client.listFaces(request -> request.collectionId("none")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> rekognition.index("none", Drawn.blank(80, 80), more -> {}))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void pagesOfCollectionsHaveEachOnce() {
        var ids = IntStream.range(0, 7).mapToObj(i -> "c" + i).toList();
        ids.forEach(id -> rekognition.client().createCollection(request -> request.collectionId(id)));

        assertThat(rekognition
                        .client()
                        .listCollectionsPaginator(request -> request.maxResults(3))
                        .collectionIds())
                .containsExactlyElementsOf(ids);
        assertThat(rekognition
                        .client()
                        .listCollections(request -> request.maxResults(7))
                        .nextToken())
                .isNull();
        assertThatThrownBy(() -> rekognition.client().listCollections(request -> request.nextToken("made up")))
                .isInstanceOf(InvalidPaginationTokenException.class);
    }
}
