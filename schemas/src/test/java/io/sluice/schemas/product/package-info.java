/** Tests. */
@NullMarked
package io.sluice.schemas.product;

import org.jspecify.annotations.NullMarked;
