/** Many products in one call: read item by item, taken in side by side, answered in their order. */
@NullMarked
package io.sluice.gateway.product.bulk;

import org.jspecify.annotations.NullMarked;
