package io.sluice.gateway;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the OpenAPI document that the build makes of the controllers. */
@Controller("/openapi")
@Hidden
final class OpenApiController {
    private static final String DOCUMENT = "META-INF/swagger/sluice-v1.yml";

    private final ResourceLoader resources;

    OpenApiController(ResourceLoader resources) {
        this.resources = resources;
    }

    @Get
    @Produces("application/yaml")
    byte[] document() {
        try (InputStream in = resources
                .getResourceAsStream("classpath:" + DOCUMENT)
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + DOCUMENT))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
