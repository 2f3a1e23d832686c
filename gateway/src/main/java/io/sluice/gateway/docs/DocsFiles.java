package io.sluice.gateway.docs;

import io.micronaut.core.io.ResourceLoader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads the files of the documentation from the class path. It gives out only the files that are named here. */
@Singleton
final class DocsFiles {
    private static final String OPEN_API = "META-INF/swagger/sluice-v1.yml";
    private static final String OURS = "io/sluice/gateway/docs/";
    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/%s/";
    private static final String SWAGGER_UI_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "docs.js", "text/javascript; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private final ResourceLoader resources;
    private final String swaggerUi;

    DocsFiles(ResourceLoader resources) {
        this.resources = resources;
        this.swaggerUi = SWAGGER_UI.formatted(swaggerUiVersion());
    }

    /**
     * A file with its media type.
     *
     * @param bytes the content, which must not be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record DocsFile(byte[] bytes, String mediaType) {}

    byte[] openApi() {
        return read(OPEN_API);
    }

    byte[] page() {
        return read(OURS + "index.html");
    }

    /** {@return the file with this name; empty when the page has no such file} */
    Optional<DocsFile> find(String name) {
        return Optional.ofNullable(MEDIA_TYPES.get(name))
                .map(type -> new DocsFile(read((name.equals("docs.js") ? OURS : swaggerUi) + name), type));
    }

    private String swaggerUiVersion() {
        try (var in = open(SWAGGER_UI_VERSION)) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(String path) {
        try (var in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream open(String path) {
        return resources
                .getResourceAsStream("classpath:" + path)
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + path));
    }
}
