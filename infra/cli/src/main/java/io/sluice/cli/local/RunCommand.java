package io.sluice.cli.local;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.local.Logs;
import io.sluice.local.Service;
import io.sluice.runtime.process.ServiceProcess;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Run one service, configured by environment variables; its log goes to standard error.",
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SERVICE", description = "gateway, embedder, rekognizer, importer or indexer")
    private @Nullable String name;

    public RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var service = Service.named(Objects.requireNonNull(name)).orElseThrow(this::unknown);
        Logs.toConsole();
        ServiceProcess.run(() -> service.start(Map.of()), running -> sayReady(service, running));
        return ExitCode.SUCCESS;
    }

    private void sayReady(Service service, ApplicationContext running) {
        var url = running.getBean(EmbeddedServer.class).getURL();
        context.out().println("sluice %s ready: %s".formatted(service.title(), url));
    }

    private ParameterException unknown() {
        var known = Arrays.stream(Service.values()).map(Service::title).collect(Collectors.joining(", "));
        return new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "There is no service '%s'; there are: %s".formatted(name, known));
    }
}
