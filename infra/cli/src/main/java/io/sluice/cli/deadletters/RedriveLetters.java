package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.cli.jobs.JobWatch;
import io.sluice.client.deadletters.Redrive;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "redrive",
        description = {
            "Send a letter back as it is, to the processor that gave it up.",
            "Without an ID, send back all open letters of the TOPIC that the options choose. Try --dry-run first."
                    + " Ctrl-C leaves that running, and says how to stop it. Exit code 3: some letters were not sent back."
        },
        mixinStandardHelpOptions = true)
final class RedriveLetters implements Callable<ExitCode> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the dead-letter topic")
    private String topic = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the letter's id")
    private @Nullable String id;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--rate", paramLabel = "N", description = "at most so many letters a second")
    private @Nullable Integer rate;

    @Option(names = "--all", description = "all open letters of the TOPIC")
    private boolean all;

    @Option(names = "--dry-run", description = "say how many letters would be sent back, and send none")
    private boolean dryRun;

    @Option(names = "--force", description = "with an ID: send it although it was sent back often")
    private boolean force;

    @Option(
            names = "--wait",
            description = "with an ID: wait until the job has ended; exit code 1 when the record failed again")
    private boolean waits;

    RedriveLetters(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        if (id != null && (!filter.isEmpty() || all || rate != null || dryRun)) {
            throw usage(
                    "--code, --key, --since, --all, --rate and --dry-run choose among the letters of a TOPIC: leave the ID out");
        }
        if (id == null && (force || waits)) {
            throw usage("--force and --wait need the ID of a letter");
        }
        if (rate != null && rate < 1) {
            throw usage("--rate is 1 or more");
        }
        if (id != null && id.isBlank()) {
            throw usage("The ID is empty; without an ID, all letters of the TOPIC would be meant");
        }
        if (id == null && filter.isEmpty() && !all && !dryRun) {
            throw usage(
                    "Say which letters: an ID, --code, --key or --since; or --all for all open letters of the TOPIC");
        }
        return id == null ? redriveAll() : redriveOne(id);
    }

    private ExitCode redriveOne(String letter) {
        try (var gateway = new GatewayCalls(context)) {
            var sent = gateway.ask(client -> client.deadLetters().redrive(topic, letter, force));
            return afterOne(context, gateway, letter, sent, waits);
        }
    }

    /** Says that one letter was sent back, and waits for its job if it should. */
    static ExitCode afterOne(CommandContext context, GatewayCalls gateway, String letter, Redrive sent, boolean waits) {
        if (!waits) {
            context.printLine("%s: sent back, job %s".formatted(letter, sent.jobId()));
            context.printNotice("Follow it with " + LetterText.howToFollow(sent.jobId()));
            return ExitCode.SUCCESS;
        }
        var job = new JobWatch(gateway, sent.jobId()).awaitEnd(_ -> {});
        context.printLine(letter + ": " + JobWatch.summary(job));
        return ExitCode.of(job.status());
    }

    private ExitCode redriveAll() {
        var chosen = filter.filter();
        if (dryRun) {
            try (var gateway = new GatewayCalls(context)) {
                var matched = gateway.ask(client -> client.deadLetters().countRedrive(topic, chosen));
                context.printLine("%,d %s would be sent back.".formatted(matched, matched == 1 ? "letter" : "letters"));
            }
            return ExitCode.SUCCESS;
        }
        Redrive begun;
        try (var gateway = new GatewayCalls(context)) {
            var most = rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
            begun = gateway.ask(client -> client.deadLetters().redriveAll(topic, chosen, most));
        }
        return new RedriveFollower(context, begun).follow();
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
