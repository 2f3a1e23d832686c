package io.sluice.runtime;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Whether a deployment finds faces. All its services must agree.
 *
 * @param faces {@code on} sends the preview of each photo and each selfie to AWS Rekognition; {@code off} sends nothing,
 *     and a photo is done without its faces. {@code on} in {@code ./sluice up}, which sends them to a stand-in on this
 *     machine
 */
@ConfigurationProperties("sluice")
public record FacesConfig(@Bindable(defaultValue = OFF) String faces) {
    private static final String ON = "on";
    private static final String OFF = "off";

    public FacesConfig {
        if (!faces.equals(ON) && !faces.equals(OFF)) {
            throw new IllegalArgumentException("sluice.faces must be on or off, is '" + faces + "'");
        }
    }

    /** {@return whether faces are found} */
    public boolean areOn() {
        return faces.equals(ON);
    }
}
