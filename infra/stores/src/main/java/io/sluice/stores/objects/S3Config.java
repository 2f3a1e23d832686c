package io.sluice.stores.objects;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the object store.
 *
 * @param endpoint URL of the object store; if not set, AWS
 * @param bucket bucket for objects; created when it is missing
 * @param region if not set, {@code AWS_REGION}, else {@code us-east-1}
 * @param accessKeyId set together with the secret key; if neither is set, credentials come from the environment
 * @param secretAccessKey set together with the access key
 * @param attemptTimeout longest wait for one attempt of a call
 * @param timeout longest wait for a call with all its attempts
 */
@ConfigurationProperties("s3")
public record S3Config(
        @Nullable String endpoint,
        @Bindable(defaultValue = DEFAULT_BUCKET) String bucket,
        @Nullable String region,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey,
        @Bindable(defaultValue = "10s") Duration attemptTimeout,
        @Bindable(defaultValue = "30s") Duration timeout) {
    private static final Pattern URL = Pattern.compile("https?://[^\\s/?#]+/?");
    static final String DEFAULT_BUCKET = "sluice";
    static final String DEFAULT_REGION = "us-east-1";

    public S3Config {
        if (endpoint != null && !URL.matcher(endpoint).matches()) {
            throw new IllegalArgumentException(
                    "s3.endpoint (S3_ENDPOINT) must be http://host:port or https://host:port, is '" + endpoint + "'");
        }
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("s3.bucket (S3_BUCKET) must not be blank");
        }
        if ((accessKeyId == null) != (secretAccessKey == null)) {
            throw new IllegalArgumentException(
                    "s3.access-key-id and s3.secret-access-key (S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY) must be set together");
        }
        if (attemptTimeout.toMillis() < 1 || timeout.compareTo(attemptTimeout) < 0) {
            throw new IllegalArgumentException(
                    "s3.timeout must be s3.attempt-timeout or more, is " + timeout + " and " + attemptTimeout);
        }
    }

    /** {@return the defaults, for the store at this URL} */
    public static S3Config of(String endpoint) {
        return new S3Config(
                endpoint, DEFAULT_BUCKET, DEFAULT_REGION, null, null, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Override
    public String toString() {
        return "S3Config[" + (endpoint == null ? "AWS" : endpoint) + ", " + bucket + "]";
    }
}
