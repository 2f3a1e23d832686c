package io.sluice.e2e;

import io.sluice.gateway.door.AccessTable;
import io.sluice.gateway.door.Callers;
import io.sluice.stores.accounts.Role;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Renders {@code docs/access.md} from the gateway's access table. */
class AccessPageTest {
    @Test
    void thePageSaysWhoMayMakeEveryCall() throws IOException {
        var page = new StringBuilder("""
            # Who may call what
            Rendered from the gateway's access table; a test fails when it is stale.

            An account is a user, who signs in with a name and a password, or an API key, which is for a machine. Each
            account has one role.

            | role | what it is for |
            | --- | --- |
            | `user` | a person with photos of its own |
            | `producer` | saves and finds products, imports rows, follows the jobs of both. All producers share these |
            | `admin` | every call |

            A caller sends its token or API key as `Authorization: Bearer …`. A call that needs an account answers 401
            `UNAUTHENTICATED` without a valid one, and 403 `FORBIDDEN` when the account's role does not permit it. Both
            come before the body is read. A token that is not valid is 401, also for open calls. A path that does not exist is
            404 for all callers.

            ## Open producers
            With `SLUICE_OPEN_PRODUCERS=true` the calls marked *open* need no token. `./sluice up` and `demo` set it, so
            that old clients go on working on your own machine. `./sluice run gateway` does not. A caller that sends a
            token has the rights of its account, but may also make the open calls.

            Any web page can make your browser send requests to your machine. So while producers are open, requests
            without a token are refused

            - with 403 `FOREIGN_HOST`, when `Host` is not `localhost`, `127.0.0.1`, `[::1]`, `SLUICE_BIND`, the address of
              the connection, or one of `SLUICE_HOSTS` (any port);
            - with 403 `CROSS_ORIGIN`, when `Origin` is not the origin that `Host` names, or `Sec-Fetch-Site` is
              `cross-site` or `same-site`. A link may lead to `/docs` and `/openapi`.

            Programs that are not browsers send neither `Origin` nor `Sec-Fetch-Site`. Health and metrics are answered for
            every `Host`. The gateway sends no CORS headers, so a page of another origin cannot send a token.

            A closed gateway looks at `Sec-Fetch-Site` alone, because a proxy may have changed `Host`: so a page of another
            site cannot send it forms that guess passwords.

            All this is about the gateway. The other ports of the local stack (Kafka, Postgres, S3, Qdrant, Rekognition, the embedder)
            have no accounts: they are for programs on your own machine, and for trying Sluice out. The stand-in for
            Rekognition wants each call signed, as AWS does, and does not check the signature.

            ## Calls
            """);
        page.append("""
            | call | no token | `user` | `producer` | `admin` | note |
            | --- | --- | --- | --- | --- | --- |
            """);
        for (var line : AccessTable.LINES) {
            page.append("| `%s` | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            line.call(),
                            cell(line.callers(), null),
                            cell(line.callers(), Role.USER),
                            cell(line.callers(), Role.PRODUCER),
                            cell(line.callers(), Role.ADMIN),
                            line.note()));
        }
        GeneratedPage.mustBe("access.md", page.toString());
    }

    private static String cell(Callers callers, @Nullable Role role) {
        if (callers.include(role, false)) {
            return "yes";
        }
        return callers.include(role, true) ? "*open*" : "no";
    }
}
