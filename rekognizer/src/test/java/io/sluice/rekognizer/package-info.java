@NullMarked
package io.sluice.rekognizer;

import org.jspecify.annotations.NullMarked;
