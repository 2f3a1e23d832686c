/** Tests. */
@NullMarked
package io.sluice.schemas.wire;

import org.jspecify.annotations.NullMarked;
