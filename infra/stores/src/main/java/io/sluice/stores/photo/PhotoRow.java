package io.sluice.stores.photo;

import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.photo.PhotoLedger.Deleted;
import io.sluice.stores.photo.PhotoLedger.Entry;
import io.sluice.stores.photo.PhotoLedger.Prepared;
import io.sluice.stores.photo.PhotoLedger.Recognized;
import io.sluice.stores.photo.PhotoLedger.Uploaded;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a photo. The rules of how an entry changes a row are here, and nowhere else.
 *
 * @param version of the newest entry; -1 when there was none
 * @param upload null when the photo is deleted
 * @param pictures null when the photo is deleted, or not prepared yet
 * @param faces null when the photo is deleted, or its faces are not found yet. Their record may come before the upload's;
 *     then they are newer than the row
 * @param deletedAt null when the photo is not deleted
 */
public record PhotoRow(
        String photoId,
        long version,
        @Nullable Upload upload,
        @Nullable Pictures pictures,
        @Nullable Faces faces,
        @Nullable Instant deletedAt) {
    /** What was uploaded, and when. */
    public record Upload(PhotoSaved photo, Instant at) {}

    /**
     * What was made of the upload.
     *
     * @param version of the photo that they were made of; less than the photo's when a newer upload is not prepared yet
     * @param width of the upright original, in pixels
     * @param height of the upright original, in pixels
     * @param takenAt null when that is not known
     */
    public record Pictures(
            long version,
            StoredObject preview,
            StoredObject thumbnail,
            int width,
            int height,
            @Nullable Instant takenAt) {
        private static Pictures of(PreparedPhoto made, long version) {
            return new Pictures(version, made.preview(), made.thumbnail(), made.width(), made.height(), made.takenAt());
        }
    }

    /**
     * The faces that were found in the photo.
     *
     * @param version of the photo that they were found in
     * @param found in the order of their ids
     */
    public record Faces(long version, String modelVersion, List<Face> found) {
        public Faces {
            found = found.stream().sorted(Comparator.comparing(Face::faceId)).toList();
        }

        private static Faces of(PhotoFaces record, long version) {
            return new Faces(version, record.faceModelVersion(), record.faces());
        }
    }

    /** {@return whether the row knows something newer than this entry} */
    boolean isNewerThan(Entry entry) {
        return entry.version() < version
                || (entry instanceof Recognized && faces != null && entry.version() < faces.version());
    }

    /** {@return the row that this entry makes of this row} */
    PhotoRow after(Entry entry) {
        if (isNewerThan(entry)) {
            return entry instanceof Prepared(var made, var _, var _) && isMadeOfMyObject(made)
                    ? with(Pictures.of(made, version))
                    : this;
        }
        return switch (entry) {
            case Uploaded(var photo, var newest, var at) ->
                new PhotoRow(photoId, newest, new Upload(photo, at), picturesOf(photo), facesOf(photo, newest), null);
            case Prepared(var made, var newest, var at) ->
                new PhotoRow(
                        photoId,
                        newest,
                        uploadOf(made, newest, at),
                        Pictures.of(made, newest),
                        facesOf(made.photo(), newest),
                        null);
            case Recognized(var found, var newest, var _) -> with(Faces.of(found, newest));
            case Deleted(var _, var newest, var at) ->
                new PhotoRow(photoId, newest, null, null, facesSince(newest + 1), firstDeleted(newest, at));
        };
    }

    /** A photo that is sent again shows the same faces. Faces may also be known before the upload they were found in. */
    private @Nullable Faces facesOf(PhotoSaved photo, long newest) {
        return upload != null && upload.photo().object().equals(photo.object()) ? faces : facesSince(newest);
    }

    private @Nullable Faces facesSince(long oldest) {
        return faces != null && faces.version() >= oldest ? faces : null;
    }

    /** A deleted photo has no faces. Those that are newer than it wait for the record of their upload. */
    private PhotoRow with(Faces found) {
        return upload == null && found.version() == version
                ? this
                : new PhotoRow(photoId, version, upload, pictures, found, deletedAt);
    }

    /** Both topics say that the photo is deleted, and either may say so first. */
    private Instant firstDeleted(long newest, Instant at) {
        return newest == version && deletedAt != null && deletedAt.isBefore(at) ? deletedAt : at;
    }

    /** A record that was sent again has a newer version, but the same object. What was made of the older one is as good. */
    private boolean isMadeOfMyObject(PreparedPhoto made) {
        return upload != null
                && upload.photo().object().equals(made.photo().object())
                && (pictures == null || pictures.version() < version);
    }

    /** The pictures of another object go when it goes: their keys begin with its key. */
    private @Nullable Pictures picturesOf(PhotoSaved photo) {
        return upload != null && upload.photo().object().equals(photo.object()) ? pictures : null;
    }

    private PhotoRow with(Pictures made) {
        return new PhotoRow(photoId, version, upload, made, faces, deletedAt);
    }

    /** The upload's own record knows best when it was. */
    private Upload uploadOf(PreparedPhoto made, long newest, Instant at) {
        return upload != null && newest == version ? upload : new Upload(made.photo(), at);
    }

    /** {@return whether the pictures are made of the newest upload} */
    public boolean isPrepared() {
        return pictures != null && pictures.version() == version;
    }

    /** {@return the newest upload with its pictures; empty while it is not prepared} */
    public Optional<PreparedPhoto> preparedPhoto() {
        return upload == null || pictures == null || !isPrepared()
                ? Optional.empty()
                : Optional.of(new PreparedPhoto(
                        upload.photo(),
                        pictures.preview(),
                        pictures.thumbnail(),
                        pictures.width(),
                        pictures.height(),
                        pictures.takenAt()));
    }

    /** {@return whether the faces are those of the newest upload} */
    public boolean isRecognized() {
        return upload != null && faces != null && faces.version() == version;
    }

    /** {@return all objects that the row names} */
    Stream<StoredObject> objects() {
        return Stream.concat(
                upload == null ? Stream.of() : Stream.of(upload.photo().object()),
                pictures == null ? Stream.of() : Stream.of(pictures.preview(), pictures.thumbnail()));
    }

    /** {@return all objects that the entry names} */
    static Stream<StoredObject> objects(Entry entry) {
        return switch (entry) {
            case Uploaded(var photo, var _, var _) -> Stream.of(photo.object());
            case Prepared(var made, var _, var _) -> Stream.of(made.photo().object(), made.preview(), made.thumbnail());
            case Recognized _, Deleted _ -> Stream.of();
        };
    }

    /** {@return the owner; null when the photo is deleted} */
    @Nullable String owner() {
        return upload == null ? null : upload.photo().owner();
    }
}
