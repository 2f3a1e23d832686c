/** What a test makes go wrong, and what was called meanwhile. */
@NullMarked
package io.sluice.rekognition.faults;

import org.jspecify.annotations.NullMarked;
