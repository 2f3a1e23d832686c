/** Tests of recognizing photos. */
@NullMarked
package io.sluice.rekognizer.photo;

import org.jspecify.annotations.NullMarked;
