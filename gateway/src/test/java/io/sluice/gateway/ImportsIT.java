package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.runtime.Decoded;
import io.sluice.runtime.JsonCodec;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.TestStack;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files taken in: stored, published, answered. */
@ExtendWith(OneGateway.class)
class ImportsIT {
    private static final String IMPORTS = "/api/v1/imports";
    private static final byte[] FILE = "siret;nom\n73282932000074;Boulangerie Dupré\n".getBytes(UTF_8);

    private GatewayUnderTest gateway;

    @BeforeEach
    void gateway(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    @Test
    void storesAFilePublishesItAndAnswers() {
        var answer = gateway.post(
                IMPORTS,
                new Multipart()
                        .field("mapping", "{\"nom\": \"name\"}")
                        .file("file", "C:\\Mes documents\\été.csv", "text/plain", FILE)
                        .field("dry_run", "true")
                        .field("kind", "companies"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var id = answer.json().path("import_id").asText();
        assertThat(answer.json().path("job_id").asText()).isEqualTo(id);
        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        var requested = requested(id);
        assertThat(requested.kind()).isEqualTo("companies");
        assertThat(requested.fileName()).isEqualTo("été.csv");
        assertThat(requested.mapping()).containsOnly(java.util.Map.entry("nom", "name"));
        assertThat(requested.runsDry()).isTrue();
        assertThat(requested.createsCategories()).isTrue();
        assertThat(requested.jobId()).isEqualTo(id);
        assertThat(requested.object().key()).isEqualTo("imports/" + id);
        assertThat(requested.object().contentType()).isEqualTo("text/csv");
        assertThat(gateway.bean(ObjectStore.class).get(requested.object(), 1_000))
                .isEqualTo(FILE);
        assertThat(gateway.get("/api/v1/jobs/" + id).json().path("kind").asText())
                .isEqualTo("import");
    }

    private ImportRequested requested(String id) {
        var found = requests().stream()
                .filter(request -> request.importId().equals(id))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<ImportRequested> requests() {
        return TestStack.kafka().read(gateway.topic("imports.v1")).stream()
                .map(message -> new JsonCodec().decode(ImportRequested.class, message.value()))
                .map(decoded -> ((Decoded.Intact<ImportRequested>) decoded).event())
                .toList();
    }

    static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }
}
