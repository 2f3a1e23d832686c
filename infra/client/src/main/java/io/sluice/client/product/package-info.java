/** The calls for products: saving one or many, reading, deleting. */
@NullMarked
package io.sluice.client.product;

import org.jspecify.annotations.NullMarked;
