package io.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.job.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @Test
    void theNumbersAreThoseThatScriptsRelyOn() {
        assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 1, 2, 3);
        assertThat(ExitCode.values())
                .containsExactly(ExitCode.SUCCESS, ExitCode.FAILED, ExitCode.USAGE, ExitCode.SOME_REJECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, 0, SUCCESS",
        "SUPERSEDED, 0, SUCCESS",
        "SUCCEEDED, 2, SOME_REJECTED",
        "FAILED, 0, FAILED",
        "FAILED, 2, FAILED",
        "DEAD, 0, FAILED",
        "CANCELED, 2, FAILED"
    })
    void followsFromTheStatusAndTheRejectedRows(JobStatus status, long rejected, ExitCode expected) {
        assertThat(ExitCode.of(status).withRejected(rejected)).isEqualTo(expected);
    }
}
