/** Events about products and the vectors made from them. */
@NullMarked
package io.sluice.schemas.product;

import org.jspecify.annotations.NullMarked;
