/** Settings of the operating system for threads. */
@NullMarked
package io.sluice.embedder.platform;

import org.jspecify.annotations.NullMarked;
