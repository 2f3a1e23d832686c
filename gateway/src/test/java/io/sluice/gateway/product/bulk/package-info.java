/** Tests of bulk calls: reading items, accepting them, and the stream of answers. */
@NullMarked
package io.sluice.gateway.product.bulk;

import org.jspecify.annotations.NullMarked;
