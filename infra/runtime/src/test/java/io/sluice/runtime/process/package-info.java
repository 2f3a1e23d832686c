/** Tests. */
@NullMarked
package io.sluice.runtime.process;

import org.jspecify.annotations.NullMarked;
