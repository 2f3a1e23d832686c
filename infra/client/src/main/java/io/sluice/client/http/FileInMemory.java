package io.sluice.client.http;

/** A file whose content is in memory. */
public final class FileInMemory implements FilePart {
    private final String fileName;
    private final String mediaType;
    private final byte[] bytes;

    /** Takes the bytes as they are; the caller does not change them from now on. */
    public FileInMemory(String fileName, String mediaType, byte[] bytes) {
        this.fileName = fileName;
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    @Override
    public String fileName() {
        return fileName;
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    /** {@return the file's content, not copied} */
    public byte[] bytes() {
        return bytes;
    }
}
