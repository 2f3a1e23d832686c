/** Tests. */
@NullMarked
package io.sluice.schemas.text;

import org.jspecify.annotations.NullMarked;
