/** Keeps the calls of Rekognition within the means of the account: at a time, in a second, in a day. */
@NullMarked
package io.sluice.rekognizer.limits;

import org.jspecify.annotations.NullMarked;
