package io.sluice.schemas.photo;

import io.sluice.schemas.wire.NamedUuid;

/** Makes the ids of photos. The same bytes of the same owner are the same photo, whenever they are uploaded. */
public final class PhotoIds {
    private PhotoIds() {}

    /**
     * {@return the id of a photo: the UUIDv5 of owner and hash}
     *
     * @param owner id of the account
     * @param sha256 SHA-256 of the bytes, 64 lower-case hex digits
     */
    public static String of(String owner, String sha256) {
        return NamedUuid.of(NamedUuid.SLUICE, "photo\n" + owner + "\n" + sha256).toString();
    }
}
