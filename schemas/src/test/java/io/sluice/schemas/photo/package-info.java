/** Tests. */
@NullMarked
package io.sluice.schemas.photo;

import org.jspecify.annotations.NullMarked;
