/** Searches products by text and by picture. */
@NullMarked
package io.sluice.gateway.product.search;

import org.jspecify.annotations.NullMarked;
