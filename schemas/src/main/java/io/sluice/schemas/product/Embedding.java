package io.sluice.schemas.product;

import io.sluice.schemas.event.InvalidEventException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** A vector. On the wire: base64 of its components as little-endian 32-bit floats. */
public final class Embedding {
    private final float[] components;

    private Embedding(float[] components) {
        this.components = components;
    }

    /** {@return the embedding with these components (copied)} */
    public static Embedding of(float... components) {
        return new Embedding(components.clone());
    }

    /** {@return the embedding that {@link #toBase64()} wrote} */
    public static Embedding fromBase64(String text) {
        try {
            return fromBytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException("vectors", "must be base64 of little-endian 32-bit floats");
        }
    }

    /** {@return the embedding that {@link #toBytes()} wrote} */
    public static Embedding fromBytes(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
            throw new InvalidEventException("vectors", "must hold whole 32-bit floats, has " + bytes.length + " bytes");
        }
        var components = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
        return new Embedding(components);
    }

    /** {@return the number of components} */
    public int dimension() {
        return components.length;
    }

    /** {@return the components (a copy)} */
    public float[] toArray() {
        return components.clone();
    }

    /** {@return the components as little-endian 32-bit floats} */
    public byte[] toBytes() {
        var bytes = ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(components);
        return bytes.array();
    }

    /** {@return the wire form} */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(toBytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(components, that.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "Embedding[" + components.length + "]";
    }
}
