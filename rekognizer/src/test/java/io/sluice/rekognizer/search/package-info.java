/** Tests of searching for people. */
@NullMarked
package io.sluice.rekognizer.search;

import org.jspecify.annotations.NullMarked;
