package io.sluice.web.body;

import static io.sluice.web.body.StreamedFormTest.FIELDS;
import static io.sluice.web.body.StreamedFormTest.file;
import static io.sluice.web.body.StreamedFormTest.form;
import static io.sluice.web.body.StreamedFormTest.part;
import static io.sluice.web.body.StreamedFormTest.readAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.MediaType;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form finds the end of a part for any content and any size of the reads. */
class FormBoundaryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=X",
                "multipart/form-data;boundary=\"X\"",
                "multipart/form-data; Boundary=X",
                "multipart/form-data; charset=utf-8; boundary=X",
                "multipart/form-data; boundary=X; charset=utf-8",
            })
    void findsTheBoundaryInAnyNotation(String type) {
        var body = new ByteArrayInputStream((part("name=\"a\"", "1") + "--X--").getBytes(UTF_8));

        assertThat(StreamedForm.of(MediaType.of(type), body, FIELDS).next()).isEqualTo(new FormPart.Text("a", "1"));
    }

    @Test
    void refusesABoundaryThatIsTooLongToLookFor() {
        var type = MediaType.of("multipart/form-data; boundary=" + "x".repeat(4_000));

        assertThatThrownBy(() -> StreamedForm.of(type, InputStream.nullInputStream(), FIELDS))
                .satisfies(StreamedFormTest::isMalformed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\n--Xa", "a\r\n--X a", "a\r\n--X-", "a\r\n--X\ra"})
    void refusesALineThatOnlyBeginsLikeItsBoundary(String content) {
        var body = part("name=\"f\"; filename=\"\"", content) + "--X--";

        assertThatThrownBy(() -> readAll(form(body))).satisfies(StreamedFormTest::isMalformed);
    }

    /** The file consists of fragments of a boundary, so fragments fall on every position of the read buffer. */
    @Test
    void findsItsBoundaryAmongSimilarBytes() throws IOException {
        var seed = 11L;
        var random = new Random(seed);
        var pieces = List.of("\r\n", "\r", "\n", "--", "-", "X", "--X", "\r\n--", "\r\n-X", "\n--X", "\r\r\n--\r\n");
        for (int round = 0; round < 30; round++) {
            var content = new StringBuilder();
            while (content.length() < 150_000) {
                content.append(pieces.get(random.nextInt(pieces.size())));
            }
            var file = content.toString().replace("\r\n--X", "\r\n--Y");
            var body = part("name=\"f\"; filename=\"\"", file) + "--X--";

            assertThat(new String(file(form(body)).readAllBytes(), UTF_8))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(file);
        }
    }

    /** A network delivers one byte, a few, or many at a time. */
    @Test
    void readsTheSameFormForAnySizeOfReads() throws IOException {
        var file = "0123456789abcdef\r\n--Y".repeat(5_000);
        var body = (part("name=\"a\"", "1") + part("name=\"f\"; filename=\"\"", file) + part("name=\"b\"", "2")
                        + "--X--")
                .getBytes(UTF_8);
        for (int most : new int[] {1, 2, 7, 1_460, 65_536}) {
            var form = form(trickling(body, most), FIELDS);

            assertThat(form.next()).isEqualTo(new FormPart.Text("a", "1"));
            assertThat(new String(file(form).readAllBytes(), UTF_8))
                    .as("%d at a time", most)
                    .isEqualTo(file);
            assertThat(form.next()).isEqualTo(new FormPart.Text("b", "2"));
            assertThat(form.next()).isNull();
        }
    }

    private static InputStream trickling(byte[] bytes, int most) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, most));
            }
        };
    }
}
