package io.sluice.cli.samples;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.samplephotos.SamplePhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "photos",
        description = {
            "Draw photos of people who do not exist, and a selfie of each of them.",
            "truth.json tells who is on which photo. The same numbers always make the same files."
        },
        mixinStandardHelpOptions = true)
final class DrawPhotos implements Callable<ExitCode> {
    /** What {@code ./sluice watch} keeps in a folder. */
    private static final String WATCHERS = ".sluice-watch";

    /** What this verb writes. A second run replaces it. */
    private static final Pattern OURS = Pattern.compile("img-\\d+\\.jpg|p\\d+\\.jpg|selfies|truth\\.json");

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the folder to write to; samples of an earlier run are replaced")
    private @Nullable Path folder;

    @Option(names = "--people", paramLabel = "N", description = "how many people; ${DEFAULT-VALUE} by default")
    private int people = 5;

    @Option(names = "--photos", paramLabel = "N", description = "how many photos; ${DEFAULT-VALUE} by default")
    private int photos = 60;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "people of another seed are other people; ${DEFAULT-VALUE} by default")
    private long seed = 1;

    DrawPhotos(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws IOException {
        if (people < 1 || photos < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--people and --photos must be at least 1");
        }
        var target = Objects.requireNonNull(folder);
        if (Files.exists(target)) {
            removeSamples(target);
        }
        SamplePhotos.of(people, photos, seed).write(target);
        context.out()
                .println("Wrote %d photos of %d people and %d selfies to %s; %s tells who is on which photo."
                        .formatted(photos, people, people, target, target.resolve(SamplePhotos.TRUTH)));
        return ExitCode.SUCCESS;
    }

    /** Deletes the samples of an earlier run, when the folder has nothing else but a watcher's journal. */
    private static void removeSamples(Path target) throws IOException {
        try (var all = Files.walk(target)) {
            var inside = all.filter(path -> !path.equals(target) && !name(path).startsWith(WATCHERS))
                    .toList();
            var isOurs = inside.contains(target.resolve(SamplePhotos.TRUTH))
                    && inside.stream().allMatch(path -> OURS.matcher(name(path)).matches());
            if (!inside.isEmpty() && !isOurs) {
                throw new CommandFailedException(
                        target + " has files that are not samples: name a new folder, or empty this one");
            }
            for (var path : inside.reversed()) {
                Files.delete(path);
            }
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
