package io.sluice.cli.photo;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.command.WholeSecond;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.photo.Photo;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the newest photos of a gallery, or has photos recognized again. */
@Command(
        name = "photos",
        description = {
            "List your photos, the newest first: id, status, time, size in pixels, and file name.",
            "",
            "To upload photos, use ./sluice watch.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class PhotosCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Option(names = "--all", description = "list the photos of all users, with their owners; for admins")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "how many are listed, 1 to 200; ${DEFAULT-VALUE} by default")
    private int limit = 20;

    @Option(names = "--before", paramLabel = "PLACE", description = "go on after a page, as its last line says")
    private String before = "";

    private PhotosCommand(CommandContext context) {
        this.context = context;
    }

    /** {@return the verb with its sub-command} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new PhotosCommand(context)).addSubcommand(new RecognizePhotos(context));
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var page = gateway.ask(client ->
                    all ? client.photos().all(before, limit) : client.photos().mine(before, limit));
            if (page.photos().isEmpty()) {
                context.printLine("There are no such photos.");
            }
            page.photos().forEach(photo -> context.printLine(line(photo)));
            if (!page.next().isEmpty()) {
                context.printLine("%,d of %,d; go on with --before %s"
                        .formatted(page.photos().size(), page.total(), page.next()));
            }
        }
        return ExitCode.SUCCESS;
    }

    private String note(Photo photo) {
        if (all) {
            return "  (" + photo.owner() + ")";
        }
        return photo.mine() ? "" : "  (you are in it)";
    }

    private String line(Photo photo) {
        var time = photo.takenAt().isEmpty() ? photo.uploadedAt() : photo.takenAt();
        var size = photo.width() == 0 ? "" : "%dx%d".formatted(photo.width(), photo.height());
        return "%s  %-10s  %-20s  %-9s  %s%s"
                .formatted(
                        photo.id(),
                        photo.status().wireName(),
                        WholeSecond.of(time),
                        size,
                        photo.fileName(),
                        note(photo));
    }
}
