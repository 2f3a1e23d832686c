package io.sluice.rekognizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RekognizerTest {
    @Test
    void doesNotStartWhileFacesAreOff() {
        assertThatThrownBy(() -> Rekognizer.start(Map.of("sluice.faces", "off", "sluice.rekognizer.port", 0)))
                .hasMessageStartingWith("SLUICE_FACES is off, so no picture may be sent");
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.faces, maybe, 'sluice.faces (SLUICE_FACES) must be on or off, is ''maybe'''",
        "aws.concurrent-requests, 0, 'aws.concurrent-requests (AWS_CONCURRENT_REQUESTS) must be between 1 and 1000, is 0'",
        "sluice.rekognition.tps, many, 'sluice.rekognition.tps (SLUICE_REKOGNITION_TPS) must be a double, is ''many'''",
        "rekognition.endpoint, localhost, 'rekognition.endpoint (REKOGNITION_ENDPOINT) must be http://host:port or https://host:port, is ''localhost'''"
    })
    void aSettingThatIsNotValidStopsTheStartAndIsNamed(String setting, String value, String message) {
        var settings = new HashMap<String, Object>(Map.of("sluice.faces", "on", "sluice.rekognizer.port", 0));
        settings.put(setting, value);

        assertThatThrownBy(() -> Rekognizer.start(settings)).hasMessage(message);
    }
}
