package io.sluice.rekognizer.aws;

import io.sluice.rekognizer.AwsConfig;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/** Makes the client of Rekognition from the configuration. */
final class RekognitionClients {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Longest wait for one attempt of a call. */
    static final Duration ATTEMPT = Duration.ofSeconds(8);
    /** Longest wait for a call, with the search for credentials. */
    private static final Duration CALL = Duration.ofSeconds(20);

    private RekognitionClients() {}

    /**
     * The SDK never repeats a call, for two reasons. Each repetition is paid for, so it must take a permit and its turn as
     * every call does; only our limits know them. And the SDK's own defaults change with its versions: the environment
     * variable {@code AWS_NEW_RETRIES_2026} already switches between two sets of them.
     */
    static RekognitionClient client(AwsConfig aws, EndpointConfig config) {
        var endpoint = config.endpoint();
        var builder = RekognitionClient.builder()
                .region(Region.of(aws.region()))
                .credentialsProvider(credentials(endpoint == null))
                // one connection for each permit, so that no call waits for one
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(aws.concurrentRequests())
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ATTEMPT))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(boolean isAws) {
        if (isAws) {
            return DefaultCredentialsProvider.builder().build();
        }
        // not the metadata service of EC2: outside AWS, asking it takes seconds
        return AwsCredentialsProviderChain.builder()
                .addCredentialsProvider(SystemPropertyCredentialsProvider.create())
                .addCredentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .addCredentialsProvider(ProfileCredentialsProvider.create())
                // a stand-in accepts any, but no request without
                .addCredentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }
}
