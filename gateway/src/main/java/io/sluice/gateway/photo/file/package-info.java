/** Answers calls for a file: the whole, a part of it, or that the caller has it already. */
@NullMarked
package io.sluice.gateway.photo.file;

import org.jspecify.annotations.NullMarked;
