/** Tests of the letters. */
@NullMarked
package io.sluice.stores.letters;

import org.jspecify.annotations.NullMarked;
