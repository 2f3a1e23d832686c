/** Rekognition through the SDK of AWS, and the table of its errors. */
@NullMarked
package io.sluice.rekognizer.aws;

import org.jspecify.annotations.NullMarked;
