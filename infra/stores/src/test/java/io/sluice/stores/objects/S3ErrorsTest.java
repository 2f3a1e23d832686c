package io.sluice.stores.objects;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.stores.Products.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.stores.StoreFailure;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {
    private final S3Errors errors = new S3Errors();

    @ParameterizedTest
    @CsvSource({
        "500, OBJECT_STORE_UNAVAILABLE",
        "503, OBJECT_STORE_UNAVAILABLE",
        "429, OBJECT_STORE_UNAVAILABLE",
        "409, OBJECT_STORE_UNAVAILABLE",
        "403, OBJECT_STORE_REFUSED",
        "401, OBJECT_STORE_REFUSED",
        "400, OBJECT_STORE_REJECTED",
    })
    void anErrorOfTheServerIsAnOutageOnlyWhenAProbeFails(int status, StoreFailure code) {
        assertThat(translated(S3Exception.builder().statusCode(status).build()))
                .isInstanceOfSatisfying(Unclear.class, failure -> {
                    assertThat(failure.outage().scope()).isEqualTo(DEPENDENCY);
                    assertThat(failure.outage().code()).isEqualTo(code);
                    assertThat(failure.rejection().code()).isEqualTo(RuntimeFailure.UNCLASSIFIED);
                    assertThat(failure.rejection().detail()).contains(Integer.toString(status));
                });
    }

    @Test
    void aStoreThatDoesNotAnswerIsAwayOnlyWhenAProbeFails() {
        for (var thrown :
                new RuntimeException[] {SdkClientException.create("refused"), ApiCallTimeoutException.create(1)}) {
            assertThat(translated(thrown))
                    .isInstanceOfSatisfying(
                            Unclear.class,
                            failure -> assertThat(failure.outage().code())
                                    .isEqualTo(StoreFailure.OBJECT_STORE_UNAVAILABLE));
        }
    }

    @Test
    void aMissingOrCorruptObjectIsAFailureOfTheRecord() {
        for (var thrown : new RuntimeException[] {
            new ObjectStore.ObjectMissingException(IMAGE), new ObjectStore.ObjectCorruptException(IMAGE)
        }) {
            assertThat(translated(thrown))
                    .isInstanceOfSatisfying(
                            Retryable.class,
                            failure -> assertThat(failure.scope()).isEqualTo(RECORD));
        }
    }

    @Test
    void anObjectThatIsTooLargeIsFatal() {
        assertThat(translated(new ObjectStore.ObjectTooLargeException(IMAGE, 2, 1)))
                .isInstanceOf(Fatal.class);
    }

    @Test
    void doesNotTranslateOtherExceptions() {
        assertThat(errors.translate(new IllegalStateException())).isEmpty();
    }

    private Failure translated(RuntimeException thrown) {
        return errors.translate(new CompletionException(thrown)).orElseThrow();
    }
}
