package io.sluice.gateway.photo.gallery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import io.sluice.stores.photo.GalleryTable.Place;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GalleryCursorTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-28T06:00:00.123456Z, 0b9b1c1e-5a3c-5d3e-9b53-2f2a4f0c8a11",
        "1899-12-31T23:59:59.999999Z, 'a,b/ü'",
        "-4000-01-01T00:00:00Z, x",
        "+250000-01-01T00:00:00Z, x"
    })
    void comesBackAsThePlaceThatItWasMadeOf(Instant shownAt, String photoId) {
        var place = new Place(shownAt, photoId);

        var text = GalleryCursor.of(place);

        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(GalleryCursor.parse("before", text)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "a", "2026-01-01T00:00:00Z", "====", "ü"})
    void aTextThatIsNoCursorIsRefused(String text) {
        refused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "1",
                "x,y",
                "1 ,y",
                "9223372036854775807,y",
                "-9223372036854775808,y",
                "99999999999999999999,y",
                "1,a\0b"
            })
    void aCursorThatNoGalleryMadeIsRefused(String content) {
        refused(Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8)));
    }

    @Test
    void aCursorWithALongIdIsRefused() {
        refused(Base64.getUrlEncoder().encodeToString(("1," + "x".repeat(256)).getBytes(UTF_8)));
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> GalleryCursor.parse("before", text))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("before");
    }
}
