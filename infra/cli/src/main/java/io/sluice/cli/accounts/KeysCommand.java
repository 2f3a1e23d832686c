package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, adds and deletes API keys. */
@Command(
        name = "keys",
        description = "List, add and delete API keys, which let machines call the gateway. For admins.",
        mixinStandardHelpOptions = true)
public final class KeysCommand {
    private KeysCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new ListKeys(context))
                .addSubcommand(new Add(context))
                .addSubcommand(new Delete(context));
    }

    @Command(name = "list", description = "List all keys, without their secrets.", mixinStandardHelpOptions = true)
    private static final class ListKeys implements Callable<ExitCode> {
        private final CommandContext context;

        private ListKeys(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                var keys = gateway.ask(client -> client.apiKeys().list());
                if (keys.isEmpty()) {
                    context.out().println("There are no keys.");
                }
                for (var key : keys) {
                    var used = key.lastUsedAt().isEmpty() ? "never used" : "last used " + key.lastUsedAt();
                    context.printLine(
                            "%s  %-8s  %s  %s  %s".formatted(key.id(), key.role(), key.createdAt(), key.name(), used));
                }
            }
            return ExitCode.SUCCESS;
        }
    }

    @Command(
            name = "add",
            description = "Add a key. Standard output gets the key, which is shown this once.",
            mixinStandardHelpOptions = true)
    private static final class Add implements Callable<ExitCode> {
        private final CommandContext context;

        @Parameters(paramLabel = "NAME", description = "what the key is for")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "admin, producer or user; ${DEFAULT-VALUE} by default")
        private String role = "producer";

        private Add(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                var added = gateway.ask(client -> client.apiKeys().add(name, role));
                context.err()
                        .printf(
                                "Key %s (%s, role %s). Keep it: it is not shown again.%n",
                                added.key().id(),
                                added.key().name(),
                                added.key().role());
                context.out().println(added.secret());
            }
            return ExitCode.SUCCESS;
        }
    }

    @Command(
            name = "delete",
            description = "Delete a key. Calls with it are refused from then on.",
            mixinStandardHelpOptions = true)
    private static final class Delete implements Callable<ExitCode> {
        private final CommandContext context;

        @Parameters(paramLabel = "ID", description = "the key's id")
        private String id = "";

        private Delete(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                gateway.ask(client -> client.apiKeys().delete(id));
                context.out().printf("%s: deleted%n", id);
            }
            return ExitCode.SUCCESS;
        }
    }
}
