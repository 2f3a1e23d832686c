package io.sluice.gateway.photo.gallery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.stores.photo.GalleryTable.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The text of a place in a gallery, which callers send back as it is: base64url of {@code <microseconds>,<photo id>}. */
final class GalleryCursor {
    private static final String FORM = "must be the `next` of a page";
    /** The years 4713 BC and 287,000: Postgres knows no earlier times, and few later ones. */
    private static final long EARLIEST = -210_866_803_200_000_000L;

    private static final long LATEST = 9_000_000_000_000_000_000L;

    private GalleryCursor() {}

    static String of(Place place) {
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, place.shownAt());
        return Base64.getUrlEncoder().withoutPadding().encodeToString((micros + "," + place.photoId()).getBytes(UTF_8));
    }

    /** @throws InvalidEventException when the text was not made by {@link #of} */
    static Place parse(String field, String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            var comma = plain.indexOf(',');
            var micros = Long.parseLong(plain, 0, Math.max(comma, 0), 10);
            var photoId = plain.substring(comma + 1);
            if (micros >= EARLIEST
                    && micros <= LATEST
                    && photoId.length() <= PhotoSaved.MAX_ID
                    && photoId.indexOf('\0') < 0) {
                return new Place(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), photoId);
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new InvalidEventException(field, FORM);
    }
}
