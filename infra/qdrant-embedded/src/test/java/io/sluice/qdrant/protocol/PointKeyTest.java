package io.sluice.qdrant.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qdrant.client.grpc.Common.PointId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointKeyTest {
    private static final String SHOWN = "936da01f-9abd-4d9d-80c7-02af85c822a8";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "936DA01F-9ABD-4D9D-80C7-02AF85C822A8",
                "936da01f9abd4d9d80c702af85c822a8",
                "urn:uuid:936da01f-9abd-4d9d-80c7-02af85c822a8",
                "{936da01f-9abd-4d9d-80c7-02af85c822a8}"
            })
    void readsEverySpellingOfAUuidAndShowsItHyphenatedInLowerCase(String spelling) {
        var id = PointId.newBuilder().setUuid(spelling).build();
        assertThat(PointKey.of(id).toPointId().getUuid()).isEqualTo(SHOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "936da01f9abd4d9d80c702af85c822a",
                "{936da01f9abd4d9d80c702af85c822a8}",
                "936da01f-9abd4d9d-80c7-02af85c822a8-",
                "936da01f-9abd-4d9d-80c7-02af85c822ag"
            })
    void refusesWhatIsNoUuid(String text) {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> PointKey.of(PointId.newBuilder().setUuid(text).build()))
                .withMessage("Unable to parse UUID: " + text);
    }

    @Test
    void refusesAnIdThatIsNeither() {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> PointKey.of(PointId.getDefaultInstance()))
                .withMessage("No ID options provided");
    }

    @Test
    void ordersNumbersBeforeUuidsAndBothAsUnsigned() {
        var sorted = Stream.of(
                        uuid("ffffffff-0000-0000-0000-000000000000"),
                        number(-1),
                        uuid("00000000-0000-0000-ffff-000000000000"),
                        uuid("00000000-0000-0000-0000-000000000001"),
                        number(2),
                        number(0))
                .sorted()
                .map(PointKey::toString);
        assertThat(sorted)
                .containsExactly(
                        "0",
                        "2",
                        "18446744073709551615",
                        "00000000-0000-0000-0000-000000000001",
                        "00000000-0000-0000-ffff-000000000000",
                        "ffffffff-0000-0000-0000-000000000000");
    }

    private static PointKey number(long value) {
        return PointKey.of(PointId.newBuilder().setNum(value).build());
    }

    private static PointKey uuid(String text) {
        return PointKey.of(PointId.newBuilder().setUuid(text).build());
    }
}
