package io.sluice.rekognizer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The account at AWS that faces are found with. Its credentials come from the environment, as for every program that uses
 * the SDK of AWS.
 *
 * @param region where the collection of faces is
 * @param concurrentRequests how many calls of Rekognition are in flight at a time, over all rekognizers. 5 when AWS
 *     throttles; for more than 15, ask AWS for a higher quota
 */
@ConfigurationProperties("aws")
public record AwsConfig(
        @Bindable(defaultValue = DEFAULT_REGION) String region,
        @Bindable(defaultValue = "10") int concurrentRequests) {
    private static final String DEFAULT_REGION = "eu-west-1";
    private static final int MOST = 1_000;

    public AwsConfig {
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("aws.region must be a region such as eu-west-1, is '" + region + "'");
        }
        if (concurrentRequests < 1 || concurrentRequests > MOST) {
            throw new IllegalArgumentException(
                    "aws.concurrent-requests must be between 1 and " + MOST + ", is " + concurrentRequests);
        }
    }
}
