package io.sluice.cli.session;

import io.sluice.cli.command.CommandContext;
import java.nio.file.Path;

/** Where sessions are kept. */
public final class Sessions {
    private Sessions() {}

    /** {@return the session that {@code ./sluice login} keeps for the gateway} */
    public static SessionsFile ofLogin(CommandContext context) {
        var config = context.variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> home(context).resolve(".config"));
        return new SessionsFile(config.resolve("sluice/sessions.json"), context.gateway());
    }

    private static Path home(CommandContext context) {
        return Path.of(context.variable("HOME").orElseGet(() -> System.getProperty("user.home")));
    }

    /** {@return the session of the admin of the local stack} */
    static SessionsFile ofLocalAdmin(CommandContext context) {
        return new SessionsFile(context.dataDir().resolve("session.json"), context.gateway());
    }
}
