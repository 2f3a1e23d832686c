package io.sluice.stores.objects;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the S3 client from the configuration. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MAX_CONNECTIONS = 64;

    private S3Clients() {}

    static S3Client client(S3Config config) {
        var builder = S3Client.builder()
                .region(region(config))
                .credentialsProvider(credentials(config))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(CONNECT)
                        .socketTimeout(config.attemptTimeout()))
                .overrideConfiguration(override ->
                        override.apiCallAttemptTimeout(config.attemptTimeout()).apiCallTimeout(config.timeout()));
        if (config.endpoint() != null) {
            // most stores other than AWS do not answer at bucket.host
            builder.endpointOverride(URI.create(config.endpoint())).forcePathStyle(true);
        }
        return builder.build();
    }

    private static Region region(S3Config config) {
        var region = Optional.ofNullable(config.region()).or(SdkSystemSetting.AWS_REGION::getStringValue);
        return Region.of(region.orElse(S3Config.DEFAULT_REGION));
    }

    private static AwsCredentialsProvider credentials(S3Config config) {
        if (config.accessKeyId() != null && config.secretAccessKey() != null) {
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(config.accessKeyId(), config.secretAccessKey()));
        }
        if (config.endpoint() == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        // not the metadata service of EC2: outside AWS, asking it takes seconds
        return AwsCredentialsProviderChain.builder()
                .addCredentialsProvider(SystemPropertyCredentialsProvider.create())
                .addCredentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .addCredentialsProvider(ProfileCredentialsProvider.create())
                .addCredentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }
}
