package io.sluice.gateway;

import io.sluice.qdrant.QdrantServer;
import io.sluice.testkit.TestStack;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a gateway with its stores and stubs, started once for all test classes. */
final class OneGateway implements ParameterResolver {
    /**
     * A gateway, its stores, a stub of the embedder and a fake pipeline.
     *
     * @param properties the settings for another instance of the same deployment
     */
    record Surroundings(
            GatewayUnderTest gateway,
            EmbedderStub embedder,
            PretendPipeline pipeline,
            QdrantServer qdrant,
            Map<String, Object> properties)
            implements AutoCloseable {

        static Surroundings start() {
            var embedder = new EmbedderStub();
            var qdrant =
                    QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, TestStack.newFolder("qdrant"), null));
            var database = TestStack.postgres();
            Map<String, Object> properties = Map.of(
                    "sluice.import.uploads.per-minute", 1_000,
                    "embedder.url", embedder.url(),
                    "s3.endpoint", TestStack.s3().url(),
                    "qdrant.url", "http://127.0.0.1:" + qdrant.port(),
                    "database.url", database.url(),
                    "database.user", database.user());
            var gateway = new GatewayUnderTest(TestStack.kafka().freshPrefix(), properties);
            return new Surroundings(gateway, embedder, new PretendPipeline(gateway), qdrant, properties);
        }

        @Override
        public void close() {
            pipeline.close();
            gateway.close();
            qdrant.close();
            embedder.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Surroundings.class
                || parameter.getParameter().getType() == GatewayUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var all = surroundings(context);
        return parameter.getParameter().getType() == Surroundings.class ? all : all.gateway();
    }

    static Surroundings surroundings(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneGateway.class))
                .getOrComputeIfAbsent(Surroundings.class, key -> Surroundings.start(), Surroundings.class);
    }
}
