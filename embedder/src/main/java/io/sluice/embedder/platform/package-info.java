/** The process that native libraries find themselves in. */
@NullMarked
package io.sluice.embedder.platform;

import org.jspecify.annotations.NullMarked;
