package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ./sluice photos}. */
class PhotosVerbTest {
    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    @Test
    void listsThePhotosOfTheCaller() {
        gateway.answering("/api/my-photos", 200, """
                {"photos":[{"photo_id":"p1","file_name":"a.jpg","owner":"ann","status":"prepared","width":4000,"height":3000,
                            "taken_at":"2026-05-01T10:00:00.5Z","uploaded_at":"2026-06-01T10:00:00Z","faces":0,"mine":true},
                           {"photo_id":"p2","file_name":"b.jpg","owner":"ann","status":"queued","faces":0,"mine":true,
                            "width":null,"height":null,"uploaded_at":"2026-04-01T10:00:00Z"}],
                 "next":"n-1","total":1234}""");

        assertThat(shell.run("photos", "--limit", "2", "--before", "n-0")).isZero();

        assertThat(gateway.calls()).containsExactly("GET /api/my-photos?before=n-0&limit=2");
        assertThat(shell.out()).isEqualToNormalizingNewlines("""
                p1  prepared    2026-05-01T10:00:00Z  4000x3000  a.jpg
                p2  queued      2026-04-01T10:00:00Z             b.jpg
                2 of 1,234; go on with --before n-1
                """);
    }

    @Test
    void listsThePhotosOfAllUsersWithTheirOwners() {
        gateway.answering(
                        "/api/all-photos",
                        200,
                        "{\"photos\":[{\"photo_id\":\"p1\",\"file_name\":\"a.jpg\",\"owner\":\"bob\",\"status\":\"failed\"}],\"total\":1}")
                .answering("/api/my-photos", 200, "{\"photos\":[],\"total\":0}");

        assertThat(shell.run("photos", "--all")).isZero();
        assertThat(shell.out())
                .startsWith("p1  failed ")
                .endsWith("a.jpg  (bob)\n")
                .hasLineCount(1);

        assertThat(shell.run("photos")).isZero();
        assertThat(shell.out()).isEqualTo("There are no such photos.\n");
    }
}
