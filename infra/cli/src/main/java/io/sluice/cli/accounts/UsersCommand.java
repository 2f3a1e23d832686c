package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, adds, changes and deletes users. */
@Command(
        name = "users",
        description = "List, add, change and delete users. For admins.",
        footer = "A role is admin, producer or user.",
        mixinStandardHelpOptions = true)
public final class UsersCommand {
    private UsersCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new UsersCommand())
                .addSubcommand(new ListUsers(context))
                .addSubcommand(new AddUser(context))
                .addSubcommand(new SetPassword(context))
                .addSubcommand(new SetRole(context))
                .addSubcommand(new DisableUser(context))
                .addSubcommand(new EnableUser(context))
                .addSubcommand(new DeleteUser(context))
                .addSubcommand(new ResetAdmin(context));
    }
}
