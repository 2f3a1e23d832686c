package io.sluice.gateway.imports.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRowsUploadTest {
    private final InMemoryObjects objects = new InMemoryObjects();

    @Test
    void saysThatABodyOfRowsIsCutAndNamesNoForm() throws IOException {
        var files = new ImportFileStorage(new ObjectShelf(objects), new ImportConfig("", 1_000, 10));
        var options = new ImportOptions("companies", Map.of(), false, true, "", "", false);
        var rows = new JsonRowsUpload("application/json", options, files);
        var broken = InputStream.nullInputStream();
        broken.close(); // a read fails from here on
        var cut = new SequenceInputStream(new ByteArrayInputStream("[{\"siret\":".getBytes(UTF_8)), broken);

        assertThatThrownBy(() -> rows.read(cut, "1", 1_000)).isInstanceOfSatisfying(ProblemException.class, thrown -> {
            assertThat(thrown.problem().code()).isEqualTo("MALFORMED_BODY");
            assertThat(thrown.problem().detail()).isEqualTo("The body ended too early.");
        });
        assertThat(objects.kept()).isEmpty();
    }
}
