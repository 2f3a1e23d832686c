package io.sluice.stores.qdrant;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.stores.StoreFailure;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class QdrantErrorsTest {
    private final QdrantErrors errors = new QdrantErrors();

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, QDRANT_UNAVAILABLE",
        "DEADLINE_EXCEEDED, QDRANT_UNAVAILABLE",
        "UNAUTHENTICATED, QDRANT_REFUSED",
        "PERMISSION_DENIED, QDRANT_REFUSED",
        "NOT_FOUND, QDRANT_COLLECTION_MISSING",
        "UNIMPLEMENTED, QDRANT_UNSUPPORTED",
    })
    void anErrorOfTheServerIsAnOutageOnlyWhenAProbeFails(Status.Code status, StoreFailure code) {
        assertThat(translated(status)).isInstanceOfSatisfying(Unclear.class, failure -> {
            assertThat(failure.outage().scope()).isEqualTo(DEPENDENCY);
            assertThat(failure.outage().code()).isEqualTo(code);
            assertThat(failure.rejection())
                    .isInstanceOfSatisfying(
                            Retryable.class,
                            rejection -> assertThat(rejection.scope()).isEqualTo(RECORD));
            assertThat(failure.rejection().code()).isEqualTo(RuntimeFailure.UNCLASSIFIED);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "INTERNAL", "UNKNOWN", "DATA_LOSS"})
    void anErrorThatOnePointMayCauseIsUnclear(Status.Code status) {
        assertThat(translated(status)).isInstanceOfSatisfying(Unclear.class, failure -> {
            assertThat(failure.outage().scope()).isEqualTo(DEPENDENCY);
            assertThat(failure.outage().code()).isEqualTo(StoreFailure.QDRANT_UNAVAILABLE);
            assertThat(failure.rejection().code()).isEqualTo(StoreFailure.QDRANT_REJECTED);
        });
    }

    @Test
    void anInvalidArgumentIsFatal() {
        assertThat(translated(Status.Code.INVALID_ARGUMENT)).isInstanceOf(Fatal.class);
    }

    @ParameterizedTest
    @EnumSource(value = UpdateStatus.class, mode = Mode.EXCLUDE, names = "UNRECOGNIZED")
    void anUpdateThatIsNotCompletedIsRepeated(UpdateStatus status) {
        assertThat(errors.translate(new IncompleteUpdateException(status)).orElseThrow())
                .isInstanceOf(Unclear.class);
    }

    @Test
    void readsTheCauseAndDoesNotTranslateOtherExceptions() {
        var wrapped = new ExecutionException(Status.UNAVAILABLE.asRuntimeException());

        assertThat(errors.translate(wrapped)).isPresent();
        assertThat(errors.translate(new IllegalStateException())).isEmpty();
    }

    private Failure translated(Status.Code code) {
        return errors.translate(code.toStatus().asRuntimeException()).orElseThrow();
    }
}
