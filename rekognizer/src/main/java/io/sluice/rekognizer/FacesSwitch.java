package io.sluice.rekognizer;

import io.micronaut.context.annotation.Context;
import io.sluice.runtime.FacesConfig;

/** Stops the start of a rekognizer while faces are off, so that no picture is sent to another company by mistake. */
@Context
final class FacesSwitch {
    FacesSwitch(FacesConfig faces) {
        if (!faces.areOn()) {
            throw new IllegalStateException(
                    "SLUICE_FACES is off, so no picture may be sent to Rekognition. Set SLUICE_FACES=on for every service"
                            + " of the deployment, or do not start the rekognizer");
        }
    }
}
