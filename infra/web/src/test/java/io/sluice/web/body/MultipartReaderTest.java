package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader finds in any body what the parser of Commons FileUpload finds. */
class MultipartReaderTest {
    private static final int MOST_OF_HEADERS = 200;

    /** What a body consists of: the headers and the content of each part. The end says how reading ended. */
    private record Found(List<String> parts, String end) {}

    private interface Parts {
        boolean next() throws IOException;

        String headers() throws IOException;

        InputStream content();
    }

    private static Found read(Parts parts) {
        var found = new ArrayList<String>();
        try {
            parts.content().close(); // the text before the first part
            while (parts.next()) {
                found.add(parts.headers());
                try (var content = parts.content()) {
                    found.add(new String(content.readAllBytes(), ISO_8859_1));
                }
            }
            return new Found(found, "whole");
        } catch (IOException e) {
            return new Found(found, "broken");
        }
    }

    private static Found ours(InputStream body, String boundary) {
        var reader = new MultipartReader(body, boundary, MOST_OF_HEADERS);
        return read(new Parts() {
            @Override
            public boolean next() throws IOException {
                return reader.next();
            }

            @Override
            public String headers() throws IOException {
                return reader.headers();
            }

            @Override
            public InputStream content() {
                return reader.content();
            }
        });
    }

    private static Found theirs(InputStream body, String boundary) throws IOException {
        var lines = new SequenceInputStream(new ByteArrayInputStream("\r\n".getBytes(UTF_8)), body);
        var input = MultipartInput.builder()
                .setInputStream(lines)
                .setBoundary(boundary.getBytes(ISO_8859_1))
                .setBufferSize(64 * 1024)
                .setMaxPartHeaderSize(MOST_OF_HEADERS)
                .get();
        input.setHeaderCharset(UTF_8);
        return read(new Parts() {
            @Override
            public boolean next() throws IOException {
                return input.readBoundary();
            }

            @Override
            public String headers() throws IOException {
                return input.readHeaders();
            }

            @Override
            public InputStream content() {
                return input.newInputStream();
            }
        });
    }

    /** Bodies of fragments of boundaries and headers; most are broken somewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"X", "aXaaX", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "--", "-X-"})
    void findsWhatCommonsFinds(String boundary) throws IOException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var pieces = List.of(
                "\r\n--" + boundary + "\r\n",
                "\r\n--" + boundary + "\r\nA: b\r\n\r\n",
                "\r\n--" + boundary + "\nA: b\r\n\r\n",
                "\r\n--" + boundary + "--",
                "\r\n--" + boundary.substring(1),
                "--" + boundary,
                "\r\n--",
                "\r",
                "\n",
                "\r\n\r\n",
                "-",
                boundary,
                "A: b\r\n",
                "é\0",
                "x".repeat(250),
                "y".repeat(70_000));
        for (int round = 0; round < 3_000; round++) {
            var body = new StringBuilder(random.nextBoolean() ? "--" + boundary + "\r\nA: b\r\n\r\n" : "");
            var count = random.nextInt(14);
            for (int i = 0; i < count; i++) {
                // the long ones are rare
                body.append(pieces.get(random.nextInt(random.nextInt(40) == 0 ? pieces.size() : pieces.size() - 2)));
            }
            var bytes = body.toString().getBytes(UTF_8);

            assertThat(ours(arriving(bytes, new Random(seed + round)), boundary))
                    .as("seed %d, round %d, body %s", seed, round, body)
                    .isEqualTo(theirs(new ByteArrayInputStream(bytes), boundary));
        }
    }

    /** A network delivers one byte, a few, or many at a time. */
    private static InputStream arriving(byte[] bytes, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                var most = 1 + random.nextInt(1 << random.nextInt(17));
                return super.read(into, offset, Math.min(length, most));
            }
        };
    }

    @Test
    void refusesHeadersThatAreTooLong() throws IOException {
        var longest = "A: " + "b".repeat(MOST_OF_HEADERS - 7) + "\r\n\r\n";
        assertThat(ours(form(longest), "X").parts()).containsExactly(longest, "c");

        var reader = new MultipartReader(form("A" + longest), "X", MOST_OF_HEADERS);
        reader.content().close();
        assertThat(reader.next()).isTrue();
        assertThatThrownBy(reader::headers).isInstanceOf(MultipartReader.HeadersTooLongException.class);
    }

    private static InputStream form(String headers) {
        return new ByteArrayInputStream(("--X\r\n" + headers + "c\r\n--X--").getBytes(UTF_8));
    }

    @Test
    void aPartThatIsClosedIsReadNoMore() throws IOException {
        var reader = new MultipartReader(form("A: b\r\n\r\n"), "X", MOST_OF_HEADERS);
        reader.content().close();
        reader.next();
        reader.headers();
        var content = reader.content();
        content.close();

        assertThatThrownBy(content::read).isInstanceOf(IOException.class);
        assertThat(reader.next()).isFalse();
    }

    /** The worst bodies for a search that compares from the end would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\r\n--", "\r\n--aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"})
    void takesTimeLinearInTheBody(String piece) {
        var boundary = "a".repeat(200);
        var body = ("--" + boundary + "\r\nA: b\r\n\r\n" + piece.repeat(30_000_000 / piece.length()) + "\r\n--"
                        + boundary + "--")
                .getBytes(UTF_8);

        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(ours(new ByteArrayInputStream(body), boundary).end())
                        .isEqualTo("whole"));
    }
}
