package io.sluice.cli.product;

import io.sluice.cli.Shell;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Saves one product. */
@Command(
        name = "index",
        description = "Save a product: without a picture until it is searchable, with one until it is accepted.",
        mixinStandardHelpOptions = true)
public final class IndexCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "the product's id")
    private String id = "";

    @Option(names = "--name", required = true, paramLabel = "TEXT", description = "its name")
    private String name = "";

    @Option(names = "--description", required = true, paramLabel = "TEXT", description = "its description")
    private String description = "";

    @Option(names = "--metadata", paramLabel = "JSON", description = "an object of your own, or any text")
    private @Nullable String metadata;

    @Option(names = "--image", paramLabel = "FILE", description = "a picture: JPEG, PNG, WebP or GIF")
    private @Nullable Path image;

    @Option(names = "--wait", description = "wait for the job to end; exit code 1 when it failed")
    private boolean waits;

    public IndexCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("product_id", id);
        fields.put("name", name);
        fields.put("description", description);
        if (metadata != null) {
            fields.put("metadata", metadata);
        }
        try (var gateway = new Gateway(shell.gateway())) {
            var answer = gateway.ask(client ->
                    image == null ? client.saveProduct(fields) : client.saveProduct(fields, Pictures.read(image)));
            var jobId = answer.text("job_id");
            if (!waits) {
                shell.out().printf("%s: %s, job %s%n", id, answer.text("status"), jobId);
                return 0;
            }
            var job = gateway.awaitEnd(jobId, seen -> {});
            shell.out().println(id + ": " + job.summary());
            return job.exitCode();
        }
    }
}
