package io.sluice.cli.product;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads or deletes one product. */
@Command(name = "products", description = "Get or delete a product.", mixinStandardHelpOptions = true)
public final class ProductsCommand {
    private ProductsCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new ProductsCommand())
                .addSubcommand(new Get(context))
                .addSubcommand(new Delete(context));
    }

    @Command(name = "get", description = "Print a product from the ledger.", mixinStandardHelpOptions = true)
    private static final class Get implements Callable<ExitCode> {
        private final CommandContext context;

        @Parameters(paramLabel = "ID", description = "the product's id")
        private String id = "";

        private Get(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                context.printJson(gateway.ask(client -> client.products().find(id)));
            }
            return ExitCode.SUCCESS;
        }
    }

    @Command(name = "delete", description = "Delete a product from all stores.", mixinStandardHelpOptions = true)
    private static final class Delete implements Callable<ExitCode> {
        private final CommandContext context;

        @Parameters(paramLabel = "ID", description = "the product's id")
        private String id = "";

        private Delete(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                var receipt = gateway.ask(client -> client.products().delete(id));
                context.printLine("%s: %s, job %s".formatted(id, receipt.status(), receipt.jobId()));
            }
            return ExitCode.SUCCESS;
        }
    }
}
