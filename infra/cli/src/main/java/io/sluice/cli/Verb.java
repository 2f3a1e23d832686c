package io.sluice.cli;

import io.sluice.cli.accounts.KeysCommand;
import io.sluice.cli.accounts.LoginCommand;
import io.sluice.cli.accounts.LogoutCommand;
import io.sluice.cli.accounts.UsersCommand;
import io.sluice.cli.command.CommandContext;
import io.sluice.cli.deadletters.DeadLettersCommand;
import io.sluice.cli.face.FaceCommand;
import io.sluice.cli.imports.ImportCommand;
import io.sluice.cli.imports.ImportsCommand;
import io.sluice.cli.index.IndexCommand;
import io.sluice.cli.jobs.JobsCommand;
import io.sluice.cli.local.DemoCommand;
import io.sluice.cli.local.RunCommand;
import io.sluice.cli.local.StackCommand;
import io.sluice.cli.local.UpCommand;
import io.sluice.cli.models.ModelsCommand;
import io.sluice.cli.photo.PhotosCommand;
import io.sluice.cli.pipelines.PipelinesCommand;
import io.sluice.cli.product.ProductsCommand;
import io.sluice.cli.product.SearchCommand;
import io.sluice.cli.samples.SamplesCommand;
import io.sluice.cli.topics.TopicsCommand;
import io.sluice.cli.watch.WatchCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** All verbs, in the order of the help. */
enum Verb {
    DEMO,
    UP,
    STACK,
    RUN,
    SEARCH,
    INDEX,
    IMPORT,
    IMPORTS,
    WATCH,
    PHOTOS,
    FACE,
    JOBS,
    PRODUCTS,
    TOPICS,
    DEAD_LETTERS,
    PIPELINES,
    MODELS,
    SAMPLES,
    LOGIN,
    LOGOUT,
    USERS,
    KEYS;

    /**
     * Returns the verbs that a command line needs: the one it names, or all of them for the help. Making a verb loads the
     * classes it works with, such as the Kafka client, so the other verbs are not made.
     */
    static List<Verb> neededBy(String... args) {
        return Arrays.stream(values())
                .filter(verb -> args.length > 0 && args[0].equals(verb.word()))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.of(values()));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    CommandLine with(CommandContext context) {
        return switch (this) {
            case DEMO -> new CommandLine(new DemoCommand(context));
            case UP -> new CommandLine(new UpCommand(context));
            case STACK -> new CommandLine(new StackCommand(context));
            case RUN -> new CommandLine(new RunCommand(context));
            case SEARCH -> new CommandLine(new SearchCommand(context));
            case INDEX -> new CommandLine(new IndexCommand(context));
            case IMPORT -> new CommandLine(new ImportCommand(context));
            case IMPORTS -> new CommandLine(new ImportsCommand(context));
            case WATCH -> new CommandLine(new WatchCommand(context));
            case PHOTOS -> PhotosCommand.with(context);
            case FACE -> FaceCommand.with(context);
            case JOBS -> new CommandLine(new JobsCommand(context));
            case PRODUCTS -> ProductsCommand.with(context);
            case TOPICS -> TopicsCommand.with(context);
            case DEAD_LETTERS -> DeadLettersCommand.with(context);
            case PIPELINES -> PipelinesCommand.with(context);
            case MODELS -> ModelsCommand.with(context);
            case SAMPLES -> SamplesCommand.with(context);
            case LOGIN -> new CommandLine(new LoginCommand(context));
            case LOGOUT -> new CommandLine(new LogoutCommand(context));
            case USERS -> UsersCommand.with(context);
            case KEYS -> KeysCommand.with(context);
        };
    }
}
