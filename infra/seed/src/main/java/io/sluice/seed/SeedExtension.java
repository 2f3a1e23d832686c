package io.sluice.seed;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Passes a seed to each test that has a {@link Seed} parameter, prints it, and adds it to the test's failure. */
final class SeedExtension implements ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace SEEDS = Namespace.create(SeedExtension.class);

    /**
     * Says how to replay a failure. It is added to the failure as a suppressed exception, so the failure itself does
     * not change.
     */
    private static final class Replay extends Throwable {
        private static final long serialVersionUID = 1L;

        Replay(Seed seed) {
            super("Replay this test with " + seed, null, false, false);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Seed.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var seed = Seed.next();
        context.getStore(SEEDS).put(Seed.class, seed);
        System.out.println(context.getDisplayName() + ": " + seed);
        return seed;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        var seed = context.getStore(SEEDS).get(Seed.class, Seed.class);
        if (seed != null) {
            failure.addSuppressed(new Replay(seed));
        }
        throw failure;
    }
}
