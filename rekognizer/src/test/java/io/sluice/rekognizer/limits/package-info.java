@NullMarked
package io.sluice.rekognizer.limits;

import org.jspecify.annotations.NullMarked;
