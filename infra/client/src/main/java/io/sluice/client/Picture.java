package io.sluice.client;

/** A picture file to send. */
public final class Picture {
    private final String fileName;
    private final String mediaType;
    private final byte[] bytes;

    /** Takes the bytes as they are; the caller leaves them alone from now on. */
    public Picture(String fileName, String mediaType, byte[] bytes) {
        this.fileName = fileName;
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    public String fileName() {
        return fileName;
    }

    public String mediaType() {
        return mediaType;
    }

    /** {@return the file's content, not copied} */
    public byte[] bytes() {
        return bytes;
    }
}
