/** Where pictures of products are kept, and what is said when one cannot be shown. */
@NullMarked
package io.sluice.gateway.product.image;

import org.jspecify.annotations.NullMarked;
