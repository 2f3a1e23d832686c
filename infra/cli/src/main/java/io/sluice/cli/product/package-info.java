/** The {@code search} and {@code products} verbs. */
@NullMarked
package io.sluice.cli.product;

import org.jspecify.annotations.NullMarked;
