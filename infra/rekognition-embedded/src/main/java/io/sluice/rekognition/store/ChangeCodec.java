package io.sluice.rekognition.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes changes as JSON, and reads them back. */
final class ChangeCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangeCodec() {}

    static byte[] encode(Change change) {
        try {
            return JSON.writeValueAsBytes(change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Change decode(byte[] entry) {
        try {
            return JSON.readValue(entry, Change.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The journal holds a change that this version cannot read", e);
        }
    }
}
