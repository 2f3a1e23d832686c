package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ./sluice face} and {@code ./sluice photos recognize}. */
class FaceVerbsTest {
    private static final String FACE = "/api/v1/me/face";

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    @Test
    void enrollsAFaceAndSaysHowItsJobEnded() {
        gateway.answering(FACE, 202, "{\"status\":\"queued\",\"job_id\":\"j1\"}")
                .answering("/api/v1/jobs/j1", 200, "{\"job_id\":\"j1\",\"status\":\"queued\"}")
                .answering("/api/v1/jobs/j1", 200, "{\"job_id\":\"j1\",\"status\":\"succeeded\"}");

        assertThat(shell.run("face", "enroll", "pom.xml", "--consent")).isZero();

        assertThat(gateway.calls().getFirst())
                .startsWith("PUT " + FACE)
                .contains("name=\"consent\"\r\n\r\ntrue\r\n", "name=\"file\"; filename=\"pom.xml\"");
        assertThat(shell.out()).isEqualTo("queued, job j1\nyour face is enrolled\n");
    }

    @Test
    void saysWhyAFaceIsNotEnrolled() {
        gateway.answering(FACE, 202, "{\"job_id\":\"j1\"}").answering("/api/v1/jobs/j1", 200, """
                {"job_id":"j1","status":"failed","error":{"code":"NO_FACE_FOUND","message":"the picture shows no face"}}""");

        assertThat(shell.run("face", "enroll", "pom.xml", "--consent")).isEqualTo(1);

        assertThat(shell.out()).contains("NO_FACE_FOUND: the picture shows no face");
    }

    @Test
    void sendsNoConsentThatWasNotGiven() {
        gateway.answering(
                FACE, 422, "{\"code\":\"CONSENT_REQUIRED\",\"title\":\"t\",\"detail\":\"consent must be true.\"}");

        assertThat(shell.run("face", "enroll", "pom.xml")).isEqualTo(1);

        assertThat(gateway.calls().getFirst()).contains("name=\"consent\"\r\n\r\nfalse\r\n");
        assertThat(shell.err()).contains("consent must be true");
    }

    @Test
    void showsAndForgetsAFace() {
        gateway.answering(FACE, 200, "{\"enrolled\":false,\"photos\":0}")
                .answering(FACE, 200, "{\"enrolled\":true,\"enrolled_at\":\"2026-11-28T11:20:41.5Z\",\"photos\":1234}")
                .answering(FACE, 202, "{\"job_id\":\"j1\"}")
                .answering("/api/v1/jobs/j1", 200, "{\"job_id\":\"j1\",\"status\":\"succeeded\"}");

        assertThat(shell.run("face", "status")).isZero();
        assertThat(shell.out()).isEqualTo("not enrolled\n");
        assertThat(shell.run("face", "status")).isZero();
        assertThat(shell.out()).isEqualTo("enrolled since 2026-11-28T11:20:41Z, found in 1,234 photos\n");
        assertThat(shell.run("face", "forget")).isZero();
        assertThat(shell.out()).isEqualTo("queued, job j1\nyour face is forgotten\n");
        assertThat(gateway.calls()).contains("DELETE " + FACE);
    }

    @Test
    void hasPhotosRecognizedAgainPageByPage() {
        var path = "/api/v1/admin/photos/recognize";
        gateway.answering(path, 200, "{\"photos\":500,\"faces\":3,\"next\":\"p500\"}")
                .answering(path, 200, "{\"photos\":120,\"faces\":0}");

        assertThat(shell.run("photos", "recognize", "--all")).isZero();

        assertThat(gateway.calls()).containsExactly("POST " + path + " {}", "POST " + path + " {\"after\":\"p500\"}");
        assertThat(shell.out()).isEqualTo("620 photos and 3 enrolled faces go to the rekognizer again\n");
        assertThat(shell.run("photos", "recognize")).as("of whom").isEqualTo(2);
    }
}
