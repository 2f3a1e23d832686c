/** Bulk bodies, item by item. */
@NullMarked
package io.sluice.gateway.product.bulk;

import org.jspecify.annotations.NullMarked;
