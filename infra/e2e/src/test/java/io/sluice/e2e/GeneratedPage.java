package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page under {@code docs} that is rendered from the code. {@code -Dsluice.docs=write} writes the page. */
final class GeneratedPage {
    private static final Path DOCS = Path.of("..", "..", "docs");

    private GeneratedPage() {}

    static void mustBe(String name, String content) throws IOException {
        var page = DOCS.resolve(name);
        if ("write".equals(System.getProperty("sluice.docs"))) {
            Files.writeString(page, content);
        }
        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("docs/%s is stale; write it anew with: ./sluice test -Dsluice.docs=write", name)
                .isEqualTo(content);
    }
}
