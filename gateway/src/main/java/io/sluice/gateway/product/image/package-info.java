/** The picture of a product: the field it comes in, where it is kept, and where it is shown. */
@NullMarked
package io.sluice.gateway.product.image;

import org.jspecify.annotations.NullMarked;
