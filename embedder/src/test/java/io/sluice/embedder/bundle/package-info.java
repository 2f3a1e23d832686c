/** Tests of model bundles, and that each error is one sentence that says what to do. */
@NullMarked
package io.sluice.embedder.bundle;

import org.jspecify.annotations.NullMarked;
