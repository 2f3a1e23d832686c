/** Products over HTTP: saving, reading and deleting one. */
@NullMarked
package io.sluice.gateway.product;

import org.jspecify.annotations.NullMarked;
