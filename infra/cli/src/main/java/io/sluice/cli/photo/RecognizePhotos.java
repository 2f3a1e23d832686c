package io.sluice.cli.photo;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "recognize",
        description = {
            "Look for the faces in old photos again, such as after faces were turned on, or in another collection. Enrolled"
                    + " faces are enrolled again. For admins.",
            "",
            "Pictures whose result is kept cost no call to Amazon Rekognition.",
            ""
        },
        mixinStandardHelpOptions = true)
final class RecognizePhotos implements Callable<ExitCode> {
    private final CommandContext context;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    RecognizePhotos(CommandContext context) {
        this.context = context;
    }

    /** All photos, or those of one account. */
    private static final class Which {
        @Option(names = "--all", description = "the photos of all users", required = true)
        private boolean all;

        @Option(
                names = "--owner",
                paramLabel = "ID",
                description = "the photos of one account; ./sluice photos --all shows the ids",
                required = true)
        private String owner = "";
    }

    @Override
    public ExitCode call() {
        var owner = which.all ? "" : which.owner;
        var photos = 0L;
        var faces = 0L;
        try (var gateway = new GatewayCalls(context)) {
            var after = "";
            do {
                var from = after;
                var page = gateway.ask(client -> client.photos().recognize(owner, from));
                photos += page.photos();
                faces += page.faces();
                after = page.next();
            } while (!after.isEmpty());
        }
        context.printLine("%,d photos and %,d enrolled faces go to the rekognizer again".formatted(photos, faces));
        return ExitCode.SUCCESS;
    }
}
