/** A face service in memory, and the pictures that tests send to it. */
@NullMarked
package io.sluice.rekognizer.fake;

import org.jspecify.annotations.NullMarked;
