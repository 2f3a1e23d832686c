package io.sluice.gateway.docs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import io.swagger.v3.oas.annotations.Hidden;

/**
 * Serves the description of the API: the OpenAPI document, and Swagger UI to read it. The browser loads every file of
 * the page from the gateway, and the content security policy forbids other hosts. So the page works without internet
 * access.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class DocsController {
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private final DocsFiles files;

    DocsController(DocsFiles files) {
        this.files = files;
    }

    @Get("/openapi")
    @Produces("application/yaml")
    byte[] document() {
        return files.openApi();
    }

    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> page() {
        return HttpResponse.ok(files.page()).header("Content-Security-Policy", POLICY);
    }

    @Get("/docs/{file}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> file(@PathVariable String file) {
        var found = files.find(file)
                .orElseThrow(() -> new ProblemException(WebProblem.ROUTE_NOT_FOUND, "The documentation is at /docs."));
        return HttpResponse.ok(found.bytes())
                .contentType(found.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "max-age=3600")
                .header("X-Content-Type-Options", "nosniff");
    }
}
