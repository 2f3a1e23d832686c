/** Model bundles: where they are, what is in them, whether they are whole, and where they can be had. */
@NullMarked
package io.sluice.embedder.bundle;

import org.jspecify.annotations.NullMarked;
