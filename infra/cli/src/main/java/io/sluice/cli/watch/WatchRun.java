package io.sluice.cli.watch;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.time.Duration;

/** One run of a watcher, from its first call to its summary. */
final class WatchRun {
    private final CommandContext context;
    private final WatchOptions options;
    private final Pace pace;
    private final WatchReport report;

    WatchRun(CommandContext context, WatchOptions options, Pace pace) {
        this.context = context;
        this.options = options;
        this.pace = pace;
        this.report = new WatchReport(context);
    }

    /** Watches until the run is done or asked to stop. */
    ExitCode run() throws IOException {
        try (var gateway = new WatchGateway(context, options.once(), pace, report)) {
            return watch(gateway);
        } catch (InterruptedException e) {
            report.say("Stopped.");
            return options.once().isPresent() ? ExitCode.FAILED : ExitCode.SUCCESS;
        }
    }

    private ExitCode watch(WatchGateway gateway, WatchedFolder folder) throws InterruptedException {
        var begun = pace.now();
        try {
            return new Watcher(options, folder, gateway, report, pace).run();
        } finally {
            report.summarize(Duration.between(begun, pace.now()));
        }
    }

    private ExitCode watch(WatchGateway gateway) throws IOException, InterruptedException {
        var account = gateway.account();
        try (var folder = WatchedFolder.open(options.folder(), options.journal(), account)) {
            report.say("%s: photos go to %s as %s; %,d files are in the journal"
                    .formatted(
                            options.folder(),
                            account.gateway(),
                            account.name(),
                            folder.journal().entries().size()));
            return watch(gateway, folder);
        }
    }
}
