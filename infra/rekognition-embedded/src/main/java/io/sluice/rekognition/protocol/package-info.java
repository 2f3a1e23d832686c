/** The JSON protocol: requests that are read and validated, and errors as Rekognition answers them. */
@NullMarked
package io.sluice.rekognition.protocol;

import org.jspecify.annotations.NullMarked;
