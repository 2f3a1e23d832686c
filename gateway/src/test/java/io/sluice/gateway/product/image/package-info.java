/** Tests of the pictures of products: their keys in the object store, and the problems when one cannot be served. */
@NullMarked
package io.sluice.gateway.product.image;

import org.jspecify.annotations.NullMarked;
