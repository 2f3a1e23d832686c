package io.sluice.gateway.photo.gallery;

import io.sluice.gateway.photo.PhotoBody;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.photo.GalleryTable.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a gallery.
 *
 * @param photos newest first
 * @param next send it as {@code before} to get the next page; left out on the last page
 * @param total number of photos on all pages
 */
@Schema(name = "Gallery")
record GalleryBody(List<PhotoBody> photos, @Nullable String next, long total) {
    /** {@return the page as this caller sees it} */
    static GalleryBody of(Page page, Principal caller) {
        return new GalleryBody(
                page.photos().stream().map(photo -> PhotoBody.of(photo, caller)).toList(),
                page.next() == null ? null : GalleryCursor.of(page.next()),
                page.total());
    }
}
