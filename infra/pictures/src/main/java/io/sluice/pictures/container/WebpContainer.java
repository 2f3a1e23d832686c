package io.sluice.pictures.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * WebP (RFC 9649): a RIFF chunk that says its length, with chunks inside it. The first of them gives the size: {@code
 * VP8} (lossy), {@code VP8L} (lossless) or {@code VP8X} (the canvas of the extended format). The still picture is the
 * first frame. When its chunk is whole, a wrong length of the file does not matter.
 */
final class WebpContainer {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int SIDE_14_BITS = 0x3FFF;
    private static final int FLAGS_ANIMATED = 0x02;
    private static final int FLAGS_EXIF = 0x08;
    private static final int FLAGS_ALPHA = 0x10;
    private static final int FLAGS_PROFILE = 0x20;
    /** For the canvas before and after a frame, and for the frame; measured. */
    private static final int ANIMATED = 11;
    /** Chunks that may be cut without loss to the picture. What has no name is a part of a longer picture. */
    private static final Set<String> BEHIND = Set.of("ANMF", "EXIF", "XMP ", "ICCP");

    /** An animation's background and how often it plays. */
    private static final byte[] ANIMATION = {'A', 'N', 'I', 'M', 6, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /** Decoders want so many bytes at least. */
    private static final int LEAST = 32;

    private final Bytes content;
    private final Parts parts;
    private final Metadata metadata;
    private int width;
    private int height;
    private int flags;
    private boolean isExtended;
    private boolean hasPicture;
    private boolean pictureHasAlpha;

    WebpContainer(Bytes content) {
        this.content = content;
        this.parts = new Parts(content);
        this.metadata = new Metadata(content);
    }

    Walk walk() {
        var end = 8 + content.littleEndian32(4);
        var at = RIFF_HEADER;
        while (at + (long) CHUNK_HEADER <= end && content.has(at, CHUNK_HEADER)) {
            var length = content.littleEndian32(at + 4);
            var problem = chunk(at, length, end);
            if (problem != null) {
                return hasPicture && BEHIND.contains(content.text(at, 4)) ? whole() : problem;
            }
            at = (int) Math.min(at + CHUNK_HEADER + length + (length & 1), end);
        }
        if (hasPicture && (at == end || !content.has(0, end))) {
            return whole();
        }
        if (hasPicture) {
            return Walk.malformed(width, height, "its picture is shorter than the file says it is");
        }
        return content.has(0, end)
                ? Walk.malformed(width, height, "it ends without a picture")
                : Walk.truncated(width, height, "before the length it names");
    }

    private @Nullable Walk chunk(int at, long length, long end) {
        var type = content.text(at, 4);
        var data = at + CHUNK_HEADER;
        if (at == RIFF_HEADER) {
            var problem = header(type, data, length);
            if (problem != null) {
                return problem;
            }
        }
        if (data + length > end) {
            return Walk.malformed(width, height, "the chunk at byte " + at + " is longer than the file says it is");
        }
        if (!content.has(data, length)) {
            return Walk.truncated(width, height, "within a chunk");
        }
        switch (type) {
            case "VP8X" -> isExtended = true;
            case "EXIF" -> {
                if ((flags & FLAGS_EXIF) != 0) {
                    metadata.addExif(data, length);
                }
            }
            case "ICCP" -> {
                if ((flags & FLAGS_PROFILE) != 0) {
                    metadata.addProfile(data, length);
                }
            }
            case "ALPH" -> {
                if (isExtended && !isAnimated() && !hasPicture) {
                    keep(at, length);
                }
            }
            case "ANMF" -> {
                if (isAnimated() && !hasPicture) {
                    return frame(at, length);
                }
            }
            case "VP8 ", "VP8L" -> {
                if (!isAnimated() && !hasPicture) {
                    return picture(at, length);
                }
            }
            default -> {}
        }
        return null;
    }

    private @Nullable Walk picture(int at, long length) {
        var canvas = new int[] {width, height};
        var problem = header(content.text(at, 4), at + CHUNK_HEADER, length);
        if (problem != null) {
            return problem;
        }
        if (canvas[0] != width || canvas[1] != height) {
            return Walk.malformed(width, height, "its picture has another size than its header says");
        }
        keep(at, length);
        hasPicture = true;
        return null;
    }

    private @Nullable Walk frame(int at, long length) {
        var data = at + CHUNK_HEADER;
        if (length < FRAME_HEADER
                || 2 * content.littleEndian24(data) + content.littleEndian24(data + 6) + 1 > width
                || 2 * content.littleEndian24(data + 3) + content.littleEndian24(data + 9) + 1 > height) {
            return Walk.malformed(width, height, "its first frame is not on its canvas");
        }
        if (!holdsPicture(data, data + length)) {
            return Walk.malformed(width, height, "its first frame is not a picture");
        }
        parts.add(ANIMATION);
        keep(at, length);
        hasPicture = true;
        return null;
    }

    /** {@return whether there is a picture of the frame's size in the frame} */
    private boolean holdsPicture(int frame, long end) {
        var canvasWidth = width;
        var canvasHeight = height;
        for (long at = (long) frame + FRAME_HEADER; at + CHUNK_HEADER <= end; ) {
            var type = content.text((int) at, 4);
            var length = content.littleEndian32((int) at + 4);
            if (at + CHUNK_HEADER + length > end) {
                return false;
            }
            if (type.equals("VP8 ") || type.equals("VP8L")) {
                var isPicture = header(type, (int) at + CHUNK_HEADER, length) == null
                        && width == content.littleEndian24(frame + 6) + 1
                        && height == content.littleEndian24(frame + 9) + 1;
                width = canvasWidth;
                height = canvasHeight;
                return isPicture && at + CHUNK_HEADER + length + (length & 1) == end;
            }
            if (!type.equals("ALPH")) {
                return false;
            }
            at += CHUNK_HEADER + length + (length & 1);
        }
        return false;
    }

    private void keep(int at, long length) {
        parts.add(at, CHUNK_HEADER + length);
        if ((length & 1) != 0) {
            parts.add(new byte[1]);
        }
    }

    private boolean isAnimated() {
        return (flags & FLAGS_ANIMATED) != 0;
    }

    private Walk whole() {
        var hasAlpha = isExtended ? (flags & FLAGS_ALPHA) != 0 || isAnimated() : pictureHasAlpha;
        var bytes = isAnimated() ? ANIMATED : hasAlpha ? Walk.RGBA : Walk.RGB;
        return Walk.whole(width, height, bytes, Still.of(file(), metadata, hasAlpha));
    }

    /** The header says how long the parts are, and names no metadata. */
    private Parts file() {
        var size = parts.size() + (isExtended ? CHUNK_HEADER + 10 : 0);
        var file = new Parts(content);
        var riff = ByteBuffer.allocate(RIFF_HEADER + (isExtended ? CHUNK_HEADER + 10 : 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        riff.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + size);
        riff.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        if (isExtended) {
            riff.put(content.array(), RIFF_HEADER, CHUNK_HEADER + 10);
            riff.putInt(RIFF_HEADER + 4, 10);
            riff.put(RIFF_HEADER + CHUNK_HEADER, (byte) (flags & (FLAGS_ALPHA | FLAGS_ANIMATED)));
        }
        file.add(riff.array()).addAll(parts);
        return size < LEAST ? file.add(new byte[LEAST]) : file;
    }

    private @Nullable Walk header(String type, int at, long length) {
        var needed = switch (type) {
            case "VP8 ", "VP8X" -> 10;
            case "VP8L" -> 5;
            default -> -1;
        };
        if (needed < 0 || length < needed) {
            return Walk.malformed(0, 0, "its first chunk is not a WebP header");
        }
        if (!content.has(at, needed)) {
            return Walk.truncated(0, 0, "within its header");
        }
        return switch (type) {
            case "VP8 " -> lossy(at, length);
            case "VP8L" -> lossless(at);
            default -> extended(at);
        };
    }

    /** RFC 6386, 9.1: frame tag, start code, two sides of 14 bits. */
    private @Nullable Walk lossy(int at, long length) {
        var tag = content.littleEndian24(at);
        var isKeyFrame = (tag & 1) == 0;
        var isShown = ((tag >> 4) & 1) != 0;
        var firstPartition = tag >> 5;
        if (!isKeyFrame || !isShown || !content.isAt(at + 3, "\235\001*") || firstPartition > length - 10) {
            return Walk.malformed(0, 0, "its first frame is not a picture");
        }
        width = content.littleEndian16(at + 6) & SIDE_14_BITS;
        height = content.littleEndian16(at + 8) & SIDE_14_BITS;
        return null;
    }

    private @Nullable Walk lossless(int at) {
        var sizes = content.littleEndian32(at + 1);
        if (content.u8(at) != 0x2F || sizes >> 29 != 0) {
            return Walk.malformed(0, 0, "its lossless header is damaged");
        }
        width = (int) (sizes & SIDE_14_BITS) + 1;
        height = (int) (sizes >> 14 & SIDE_14_BITS) + 1;
        pictureHasAlpha = ((sizes >> 28) & 1) != 0;
        return null;
    }

    private @Nullable Walk extended(int at) {
        width = content.littleEndian24(at + 4) + 1;
        height = content.littleEndian24(at + 7) + 1;
        flags = content.u8(at);
        return null;
    }
}
