/** Products over HTTP: saves, reads and deletes one product. */
@NullMarked
package io.sluice.gateway.product;

import org.jspecify.annotations.NullMarked;
