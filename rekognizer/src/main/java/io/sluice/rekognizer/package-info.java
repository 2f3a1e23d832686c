/** The rekognizer: finds the faces of photos and of selfies with AWS Rekognition, and says who they may be. */
@Configuration
@Requires(property = "sluice.service", value = "rekognizer")
@NullMarked
package io.sluice.rekognizer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
