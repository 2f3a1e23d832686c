package io.sluice.rekognizer.aws;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.rekognizer.AwsConfig;
import io.sluice.rekognizer.RekognitionConfig;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at start where pictures are sent, and within which limits. */
@Singleton
final class StartLine {
    private static final Logger LOG = LoggerFactory.getLogger(StartLine.class);

    private final AwsConfig aws;
    private final EndpointConfig endpoint;
    private final RekognitionConfig rekognition;

    StartLine(AwsConfig aws, EndpointConfig endpoint, RekognitionConfig rekognition) {
        this.aws = aws;
        this.endpoint = endpoint;
        this.rekognition = rekognition;
    }

    @EventListener
    void log(StartupEvent start) {
        LOG.atInfo()
                .addKeyValue("region", aws.region())
                .addKeyValue("endpoint", Objects.requireNonNullElse(endpoint.endpoint(), "AWS"))
                .addKeyValue("collection", rekognition.collection())
                .addKeyValue("concurrent_requests", aws.concurrentRequests())
                .addKeyValue("tps", rekognition.tps())
                .addKeyValue("daily_calls", rekognition.dailyCalls())
                .log("faces are found by Rekognition");
    }
}
