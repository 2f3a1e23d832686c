package io.sluice.pictures.container;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The still picture in a file: what a viewer shows that does not play animations. Its parts, one after the other, are a
 * file of the same format with nothing else in it: no metadata, no further frames, nothing between the parts or after
 * them. A decoder gets these parts and not the file, so it sees exactly what the walk through the container has seen.
 * The parts are views of the file; nothing is copied before {@link #copyTo}.
 */
public final class Still {
    private final byte[] file;
    private final List<ByteBuffer> parts;
    private final int size;
    private final Metadata metadata;
    private final boolean hasAlpha;
    private final BooleanSupplier data;

    private Still(Parts parts, Metadata metadata, boolean hasAlpha, BooleanSupplier data) {
        this.file = parts.file();
        this.parts = parts.list();
        this.size = parts.size();
        this.metadata = metadata;
        this.hasAlpha = hasAlpha;
        this.data = data;
    }

    static Still of(Parts parts, Metadata metadata, boolean hasAlpha) {
        return of(parts, metadata, hasAlpha, () -> true);
    }

    /** @param data reads the coded data, to see whether it is complete */
    static Still of(Parts parts, Metadata metadata, boolean hasAlpha, BooleanSupplier data) {
        return new Still(parts, metadata, hasAlpha, data);
    }

    /** {@return the whole file as it was sent, not a copy} */
    public byte[] file() {
        return file;
    }

    /** {@return how many bytes all parts have together} */
    public int size() {
        return size;
    }

    /** {@return how the stored pixels become upright} */
    public Orientation orientation() {
        return metadata.exif().orientation();
    }

    /** {@return when the picture was taken and how it is turned, as the file says} */
    public Exif exif() {
        return metadata.exif();
    }

    /**
     * {@return the ICC profile that the file's colors are in, of 1 MB at most; empty when the file has none, or not all
     * of it}
     */
    public byte[] colorProfile() {
        return metadata.profile();
    }

    /** {@return whether pixels may be transparent, by the file's header} */
    public boolean hasAlpha() {
        return hasAlpha;
    }

    /**
     * Reads the Huffman codes of a JPEG, which takes about as long as decoding it. Other formats have checksums and
     * lengths, so their decoders know.
     *
     * @return false when the coded data does not prove to be complete; arithmetic codes are not read, and pass
     */
    public boolean hasAllData() {
        return data.getAsBoolean();
    }

    /** Writes all parts, {@link #size} bytes, one after the other. */
    public void copyTo(ByteBuffer target) {
        for (var part : parts) {
            target.put(part.duplicate());
        }
    }
}
