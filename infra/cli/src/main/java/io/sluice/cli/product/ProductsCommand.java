package io.sluice.cli.product;

import io.sluice.cli.Shell;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads or deletes one product. */
@Command(name = "products", description = "Get or delete a product.", mixinStandardHelpOptions = true)
public final class ProductsCommand {
    private ProductsCommand() {}

    /** {@return the verb with its own verbs} */
    public static CommandLine with(Shell shell) {
        return new CommandLine(new ProductsCommand())
                .addSubcommand(new Get(shell))
                .addSubcommand(new Delete(shell));
    }

    @Command(name = "get", description = "Print a product as the ledger has it.", mixinStandardHelpOptions = true)
    private static final class Get implements Callable<Integer> {
        private final Shell shell;

        @Parameters(paramLabel = "ID", description = "the product's id")
        private String id = "";

        private Get(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try (var gateway = new GatewayCalls(shell)) {
                shell.out()
                        .println(gateway.ask(client -> client.products().find(id))
                                .toPrettyString());
            }
            return 0;
        }
    }

    @Command(name = "delete", description = "Delete a product everywhere.", mixinStandardHelpOptions = true)
    private static final class Delete implements Callable<Integer> {
        private final Shell shell;

        @Parameters(paramLabel = "ID", description = "the product's id")
        private String id = "";

        private Delete(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try (var gateway = new GatewayCalls(shell)) {
                var receipt = gateway.ask(client -> client.products().delete(id));
                shell.out().printf("%s: %s, job %s%n", id, receipt.status(), receipt.jobId());
            }
            return 0;
        }
    }
}
