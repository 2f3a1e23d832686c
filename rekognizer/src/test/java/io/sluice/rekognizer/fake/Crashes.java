package io.sluice.rekognizer.fake;

import io.sluice.rekognizer.FaceService;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.FaceMatches;
import io.sluice.stores.face.FaceResults;
import io.sluice.stores.face.FaceResults.Granted;
import io.sluice.stores.face.FaceResults.Removal;
import io.sluice.stores.face.FaceTables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a process end before or after any call of a table or of the face service, as kill -9 would: what it does afterwards
 * has no effect, and its leases are left behind.
 */
public final class Crashes {
    private final BooleanSupplier now;
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
    private volatile boolean isDead;

    /** @param now asked before and after each call */
    public Crashes(BooleanSupplier now) {
        this.now = now;
    }

    /** The process has ended. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1;

        private Crash() {
            super("the process has ended", null, false, false);
        }
    }

    /** {@return whether the process has ended} */
    public boolean happened() {
        return isDead;
    }

    /** {@return the leases that the process has had} */
    public Collection<String> tokens() {
        return List.copyOf(tokens);
    }

    /** {@return these tables, as the process sees them} */
    public FaceTables in(FaceTables tables) {
        return new FaceTables(
                in(FaceResults.class, tables.results()),
                in(FaceEnrolments.class, tables.enrolments()),
                in(FaceMatches.class, tables.matches()));
    }

    /** {@return this service, as the process sees it} */
    public FaceService in(FaceService service) {
        return in(FaceService.class, service);
    }

    private <T> T in(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            perhaps();
            try {
                var answer = method.invoke(target, args);
                note(answer);
                perhaps();
                return answer;
            } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        }));
    }

    private void perhaps() {
        if (isDead || now.getAsBoolean()) {
            isDead = true;
            throw new Crash();
        }
    }

    private void note(@Nullable Object answer) {
        switch (answer) {
            case Granted claim -> tokens.add(claim.token());
            case Removal removal -> tokens.add(removal.token());
            case List<?> all -> all.forEach(this::note);
            case null, default -> {}
        }
    }
}
