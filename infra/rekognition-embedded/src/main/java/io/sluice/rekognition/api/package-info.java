/** The operations. */
@NullMarked
package io.sluice.rekognition.api;

import org.jspecify.annotations.NullMarked;
