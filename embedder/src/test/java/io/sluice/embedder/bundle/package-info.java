/** Tests of model bundles: what is wrong with them is said in one sentence that names the remedy. */
@NullMarked
package io.sluice.embedder.bundle;

import org.jspecify.annotations.NullMarked;
