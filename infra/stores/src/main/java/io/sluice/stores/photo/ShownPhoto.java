package io.sluice.stores.photo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gallery shows of a photo.
 *
 * @param owner id of the account that uploaded it
 * @param takenAt when the picture was taken; null when that is not known, or not known yet
 * @param uploadedAt when the photo was accepted
 * @param width of the upright picture, in pixels; null until the photo is prepared
 * @param height of the upright picture, in pixels; null until the photo is prepared
 * @param faces how many faces were found in it; 0 until the photo is recognized
 */
public record ShownPhoto(
        String photoId,
        String owner,
        String fileName,
        PhotoStatus status,
        @Nullable Instant takenAt,
        Instant uploadedAt,
        @Nullable Integer width,
        @Nullable Integer height,
        int faces) {}
