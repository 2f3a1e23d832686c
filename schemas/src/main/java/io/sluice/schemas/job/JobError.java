package io.sluice.schemas.job;

import io.sluice.schemas.event.Checks;

/**
 * Why a job did not succeed.
 *
 * @param code a failure code, such as {@code IMAGE_UNDECODABLE}
 * @param message the reason in words; it may be shown to the caller
 */
public record JobError(String code, String message) {
    public JobError {
        Checks.required("error.code", code);
        Checks.required("error.message", message);
    }
}
