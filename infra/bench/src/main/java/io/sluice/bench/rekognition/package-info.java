/** Rekognition without our code, to compare with, and the admin path of its stand-in. */
@NullMarked
package io.sluice.bench.rekognition;

import org.jspecify.annotations.NullMarked;
