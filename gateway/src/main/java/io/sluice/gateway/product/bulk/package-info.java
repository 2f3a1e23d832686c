/** Saves many products in one call: reads them one by one, accepts them concurrently, and answers them in order. */
@NullMarked
package io.sluice.gateway.product.bulk;

import org.jspecify.annotations.NullMarked;
