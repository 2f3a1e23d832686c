package io.sluice.rekognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.runtime.FacesConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RekognitionConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "a/b"})
    void aCollectionMustHaveANameThatRekognitionAccepts(String collection) {
        assertThatThrownBy(() -> new RekognitionConfig(collection, 40, 0))
                .hasMessageStartingWith("sluice.rekognition.collection must match");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.05, 10_001, Double.NaN})
    void theRateMustBeOneThatCallsCanKeep(double tps) {
        assertThatThrownBy(() -> new RekognitionConfig("sluice", tps, 0))
                .hasMessage("sluice.rekognition.tps must be between 0.1 and 10000.0, is " + tps);
    }

    @Test
    void theBudgetMustNotBeNegative() {
        assertThatThrownBy(() -> new RekognitionConfig("sluice", 40, -1))
                .hasMessage("sluice.rekognition.daily-calls must be 0 or more, is -1");
    }

    @ParameterizedTest
    @CsvSource({"eu-west-1, 0", "eu-west-1, 1001"})
    void callsAtATimeMustBeAtLeastOne(String region, int calls) {
        assertThatThrownBy(() -> new AwsConfig(region, calls))
                .hasMessage("aws.concurrent-requests must be between 1 and 1000, is " + calls);
    }

    @Test
    void aRegionMustLookLikeOne() {
        assertThatThrownBy(() -> new AwsConfig("EU West", 10)).hasMessageContaining("aws.region must be a region");
    }

    @Test
    void facesAreOnOrOff() {
        assertThat(new FacesConfig("on").areOn()).isTrue();
        assertThat(new FacesConfig("off").areOn()).isFalse();
        assertThatThrownBy(() -> new FacesConfig("yes")).hasMessage("sluice.faces must be on or off, is 'yes'");
    }
}
