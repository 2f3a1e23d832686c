/** Accepts files and rows as imports: limits them, checks and stores them while they arrive, and accepts each once. */
@NullMarked
package io.sluice.gateway.imports.upload;

import org.jspecify.annotations.NullMarked;
