package io.sluice.gateway;

import io.sluice.stores.accounts.ApiKeyTable;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.Secrets;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a gateway that needs accounts, started once for all test classes, beside the one of {@link OneGateway}. */
final class ClosedGateway implements ParameterResolver {
    /** The gateway, and the accounts of its callers. The producer has an API key, the others have signed in. */
    record Door(GatewayUnderTest gateway, Map<Caller, Account> accounts) implements AutoCloseable {
        static Door start(OneGateway.Surroundings other) {
            var properties = new HashMap<>(other.properties());
            properties.put("sluice.open-producers", false);
            properties.put("sluice.faces", "on");
            var gateway = new GatewayUnderTest(other.gateway().prefix, properties);
            var accounts = new EnumMap<Caller, Account>(Caller.class);
            var admin = Account.user(gateway, Caller.ADMIN, Role.ADMIN);
            accounts.put(Caller.ADMIN, admin);
            accounts.put(Caller.PRODUCER, Account.key(gateway, Role.PRODUCER, admin.id()));
            accounts.put(Caller.USER, Account.user(gateway, Caller.USER, Role.USER));
            accounts.put(Caller.ANOTHER_USER, Account.user(gateway, Caller.ANOTHER_USER, Role.USER));
            return new Door(gateway, accounts);
        }

        /** {@return the id of the caller's account} */
        String id(Caller caller) {
            return account(caller).id().toString();
        }

        String token(Caller caller) {
            return account(caller).token();
        }

        private Account account(Caller caller) {
            return Optional.ofNullable(accounts.get(caller)).orElseThrow();
        }

        /** {@return the request, with the caller's token if it has one} */
        HttpRequest.Builder as(Caller caller, HttpRequest.Builder request) {
            return caller.role == null ? request : request.header("Authorization", "Bearer " + token(caller));
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** An account and its token. A user signs in again before the token ends. */
    static final class Account {
        private static final Duration FRESH = Duration.ofMinutes(5);

        private final UUID id;
        private final Supplier<String> tokens;
        private String token;
        private Instant end;

        private Account(UUID id, Supplier<String> tokens) {
            this.id = id;
            this.tokens = tokens;
            this.token = tokens.get();
            this.end = Instant.now().plus(FRESH);
        }

        static Account user(GatewayUnderTest gateway, Caller caller, Role role) {
            var name = "the-" + caller.name();
            var user = SignedIn.user(gateway, name, role);
            return new Account(user.id(), () -> SignedIn.as(gateway, name).token());
        }

        static Account key(GatewayUnderTest gateway, Role role, UUID creator) {
            var secret = "sluice_" + Secrets.next();
            var key = gateway.bean(ApiKeyTable.class).create("machine", role, Secrets.hash(secret), creator);
            return new Account(key.id(), () -> secret);
        }

        UUID id() {
            return id;
        }

        String token() {
            if (Instant.now().isAfter(end)) {
                token = tokens.get();
                end = Instant.now().plus(FRESH);
            }
            return token;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Door.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ClosedGateway.class))
                .getOrComputeIfAbsent(Door.class, key -> Door.start(OneGateway.surroundings(context)), Door.class);
    }
}
