package io.sluice.rekognition.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pictures.face.UnitVector;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FaceVectorTest {
    private static final FaceVector EAST = vector("a", 2, 0);
    private static final FaceVector NORTH_EAST = vector("a", 1, 1);

    private static FaceVector vector(String model, float... numbers) {
        return new FaceVector(model, UnitVector.along(numbers));
    }

    private static Likeness face(FaceVector vector) {
        return Likeness.ofPixels("pixels of " + vector, vector);
    }

    @Test
    void theThresholdOfEightyIsAtTheCosineOfThePublisher() {
        assertThat(FaceVector.similarity(0.363)).isCloseTo(80, within(1e-9));
        assertThat(FaceVector.similarity(0.35)).isBetween(70.0, 80.0);
        assertThat(FaceVector.similarity(1)).isBetween(99.9, 100.0);
        assertThat(FaceVector.similarity(0)).isBetween(4.0, 6.0);
        assertThat(FaceVector.similarity(-1)).isBetween(0.0, 0.1);
    }

    @Test
    void facesOfOneModelAreComparedByTheirDirections() {
        assertThat(face(EAST).similarityTo(face(NORTH_EAST)))
                .isCloseTo(FaceVector.similarity(Math.sqrt(0.5)), within(1e-4));
    }

    @Test
    void facesOfTwoModelsAreStrangers() {
        assertThat(face(EAST).similarityTo(face(vector("b", 2, 0)))).isLessThan(50);
        assertThat(face(EAST).similarityTo(face(vector("a", 2, 0, 0)))).isLessThan(50);
        assertThat(face(EAST).similarityTo(Likeness.ofPerson(7, 1))).isLessThan(50);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        var json = new ObjectMapper();

        var written = json.writeValueAsString(face(NORTH_EAST));

        assertThat(json.readValue(written, Likeness.class)).isEqualTo(face(NORTH_EAST));
        assertThat(json.readTree(written).path("vector").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model", "floats");
        assertThat(json.readValue("{\"who\":\"person:7\",\"clarity\":0.5}", Likeness.class))
                .as("written by a version without models")
                .isEqualTo(Likeness.ofPerson(7, 0.5));
        assertThat(json.writeValueAsString(Likeness.ofPerson(7, 0.5)))
                .isEqualTo("{\"who\":\"person:7\",\"clarity\":0.5}");
    }
}
