package io.sluice.gateway;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a gateway that needs accounts, started once for all test classes, beside the one of {@link OneGateway}. */
final class ClosedGateway implements ParameterResolver {
    /** The gateway. */
    record Door(GatewayUnderTest gateway) implements AutoCloseable {
        static Door start(OneGateway.Surroundings other) {
            var properties = new HashMap<>(other.properties());
            properties.putAll(Map.of("sluice.open-producers", false, TestTokens.ON, true));
            return new Door(new GatewayUnderTest(other.gateway().prefix, properties));
        }

        @Override
        public void close() {
            gateway.close();
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
