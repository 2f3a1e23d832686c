package io.sluice.gateway.imports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.BodyMemory;
import io.sluice.web.body.BodyPace;
import io.sluice.web.body.RequestBodies;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitedBodyReaderTest {
    private static final Duration ANY = Duration.ofSeconds(1);

    private final LimitedBodyReader bodies = new LimitedBodyReader(
            new RequestBodies(new BodyPace(ANY, "", ANY, 1)),
            new BodyMemory(1 << 20, ANY),
            new ImportConfig("", 2_000, 10),
            new UploadLimitsConfig(3, 2, ANY));

    @Test
    void namesTheFileOrBodyThatIsTooLarge() {
        var request = HttpRequest.POST("/api/v1/rows/companies", "").contentLength(1L << 30);

        for (var field : new String[] {JsonRowsUpload.BODY, FileFormUpload.FILE}) {
            assertThatThrownBy(() -> bodies.read(request, "1", field, (body, name, atMost) -> {
                        throw new AssertionError("it was read");
                    }))
                    .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                        assertThat(thrown.problem().status()).isEqualTo(413);
                        assertThat(thrown.problem().errors())
                                .extracting(FieldError::field)
                                .containsExactly(field);
                    });
        }
    }
}
