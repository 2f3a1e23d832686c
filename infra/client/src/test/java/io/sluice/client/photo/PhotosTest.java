package io.sluice.client.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.client.SluiceClient;
import io.sluice.client.TestServer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.http.FileOnDisk;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.UnexpectedAnswerException;
import io.sluice.client.photo.UploadedPhoto.Duplicate;
import io.sluice.client.photo.UploadedPhoto.Queued;
import io.sluice.client.photo.UploadedPhoto.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosTest {
    private static final FilePart A = new FileInMemory("a.jpg", "image/jpeg", new byte[] {1});
    private static final String PHOTO = """
        {"photo_id":"p","file_name":"a.jpg","owner":"ann","status":"%s","uploaded_at":"2026-01-02T03:04:05Z",
         "width":null,"height":null,"faces":0,"mine":true,"content_url":"/api/v1/photos/p/content"}\
        """;

    @TempDir
    private Path folder;

    private final List<String> calls = new ArrayList<>();
    private int status = 202;
    private String answer = "{}";

    @AutoClose
    private TestServer server;

    @AutoClose
    private SluiceClient client;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.answering(this::reply);
        client = new SluiceClient(server.url());
    }

    private void reply(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
        calls.add("%s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body));
        if (status == 404) {
            exchange.getResponseHeaders().set("Retry-After", "2");
        }
        var bytes = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void filesOfOneUploadAreAnsweredInOrder() throws IOException {
        var onDisk = Files.writeString(folder.resolve("b \"é\".jpg"), "bytes of b");
        answer = """
            {"photos":[{"photo_id":"p1","job_id":"j1","file_name":"a.jpg","status":"queued"},
                       {"photo_id":"p2","file_name":"b.jpg","status":"duplicate"},
                       {"file_name":"c.jpg","status":"rejected","error":{"code":"NO","message":"not an image","retryable":true,
                        "errors":[{"field":"files","message":"not an image"}]}},
                       {"file_name":"d.jpg","status":"rejected","error":"too large"}]}\
            """;

        var answers = client.photos()
                .upload(List.of(A, new FileOnDisk(onDisk, "image/jpeg"), A, A))
                .orElseThrow();

        assertThat(answers)
                .containsExactly(
                        new Queued("p1", "j1", "a.jpg"),
                        new Duplicate("p2", "b.jpg"),
                        new Rejected("c.jpg", "not an image", true),
                        new Rejected("d.jpg", "too large", false));
        assertThat(new String(calls.getFirst().getBytes(ISO_8859_1), UTF_8))
                .startsWith("POST /api/v1/photos ")
                .contains("name=\"files\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\u0001\r\n")
                .contains("name=\"files\"; filename=\"b _é_.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nbytes of b\r\n");
    }

    @Test
    void anUploadOfWhichEveryFileIsRejectedIsAnsweredFileByFile() throws IOException {
        status = 422;
        answer = """
            {"title":"All were rejected","photos":[{"file_name":"a.jpg","status":"rejected","error":{"detail":"not an image"}}]}\
            """;

        assertThat(client.photos().upload(List.of(A)).orElseThrow())
                .containsExactly(new Rejected("a.jpg", "not an image", false));

        answer = "{\"title\":\"Not valid\"}";
        assertThat(client.photos().upload(List.of(A)).status()).isEqualTo(422);
    }

    @Test
    void anUploadWhoseAnswersDoNotMatchItsFilesIsNoSuccess() {
        answer = "{\"photos\":[{\"status\":\"queued\"}]}";
        assertThatThrownBy(() -> client.photos().upload(List.of(A, A))).isInstanceOf(UnexpectedAnswerException.class);

        answer = "{\"photos\":[{\"status\":\"perhaps\"}]}";
        assertThatThrownBy(() -> client.photos().upload(List.of(A))).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void aFileNameCannotAddAHeader() throws IOException {
        answer = "{\"photos\":[{\"status\":\"queued\"}]}";

        client.photos().upload(List.of(new FileInMemory("a\r\nX: y\u0000.jpg", "image/jpeg", new byte[0])));

        assertThat(calls.getFirst()).contains("filename=\"a__X: y_.jpg\"\r\n");
    }

    @Test
    void aPhotoIsDescribedAndDeleted() throws IOException {
        status = 200;
        answer = PHOTO.formatted("prepared")
                .replace("\"width\":null", "\"width\":40,\"taken_at\":\"2025-01-01T00:00:00Z\"");
        assertThat(client.photos().find("p/1").orElseThrow())
                .isEqualTo(new Photo(
                        "p",
                        "a.jpg",
                        "ann",
                        PhotoStatus.PREPARED,
                        "2025-01-01T00:00:00Z",
                        "2026-01-02T03:04:05Z",
                        40,
                        0,
                        0,
                        true));

        answer = "{\"job_id\":\"j\"}";
        assertThat(client.photos().delete("p").orElseThrow()).isEqualTo("j");
        assertThat(calls).containsExactly("GET /api/v1/photos/p%2F1 ", "DELETE /api/v1/photos/p ");
    }

    @Test
    void aGalleryComesInPages() throws IOException {
        status = 200;
        answer = "{\"photos\":[%s],\"next\":\"n\",\"total\":7}".formatted(PHOTO.formatted("queued"));
        var page = client.photos().mine("", 20).orElseThrow();
        assertThat(page.photos())
                .extracting(Photo::id, Photo::takenAt, Photo::width)
                .hasSize(1);
        assertThat(page.photos().getFirst().takenAt()).isEmpty();
        assertThat(page.photos().getFirst().width()).isZero();
        assertThat(page.next()).isEqualTo("n");
        assertThat(page.total()).isEqualTo(7);

        answer = "{\"photos\":[],\"next\":null,\"total\":0}";
        assertThat(client.photos().all("n", 200).orElseThrow()).isEqualTo(new PhotoPage(List.of(), "", 0));
        assertThat(calls).containsExactly("GET /api/my-photos?limit=20 ", "GET /api/all-photos?before=n&limit=200 ");
    }

    @Test
    void aFileOfAPhotoIsReadOrToBeAskedForLater() throws IOException {
        status = 200;
        answer = "bytes";
        for (var rendition : Rendition.values()) {
            assertThat(client.photos()
                            .read("p", rendition, InputStream::readAllBytes)
                            .orElseThrow())
                    .isEqualTo("bytes".getBytes(UTF_8));
        }
        assertThat(calls)
                .containsExactly(
                        "GET /api/v1/photos/p/content ",
                        "GET /api/v1/photos/p/preview ",
                        "GET /api/v1/photos/p/thumbnail ");

        status = 404;
        assertThat(client.photos().read("p", Rendition.THUMBNAIL, InputStream::readAllBytes))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }
}
