/** The picture of a product: reads it from a form, stores it, and knows its URL. */
@NullMarked
package io.sluice.gateway.product.image;

import org.jspecify.annotations.NullMarked;
