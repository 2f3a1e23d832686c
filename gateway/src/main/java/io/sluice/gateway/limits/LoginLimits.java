package io.sluice.gateway.limits;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.gateway.problem.GatewayProblem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Limits for logins with a wrong password, under {@code sluice.logins}.
 *
 * @param perMinute how many wrong logins one account name admits in a minute, whoever sends them
 * @param perMinutePerAddress how many wrong logins may come from one address in a minute, for any account
 */
@ConfigurationProperties("sluice.logins")
public record LoginLimits(
        @Bindable(defaultValue = "10") @Min(1) @Max(100_000) int perMinute,

        @Bindable(defaultValue = "10") @Min(1) @Max(100_000) int perMinutePerAddress) {
    /** {@return the limit for each account name, whether or not there is such an account} */
    public RateLimit perAccount() {
        return new RateLimit(
                "logins",
                perMinute,
                GatewayProblem.RATE_LIMITED,
                perMinute + " logins to this account failed within a minute, which is the limit"
                        + " (SLUICE_LOGINS_PER_MINUTE).");
    }

    /** {@return the limit for each address} */
    public RateLimit perAddress() {
        return new RateLimit(
                "logins-per-address",
                perMinutePerAddress,
                GatewayProblem.RATE_LIMITED,
                perMinutePerAddress + " logins from your address failed within a minute, which is the limit"
                        + " (SLUICE_LOGINS_PER_MINUTE_PER_ADDRESS).");
    }
}
