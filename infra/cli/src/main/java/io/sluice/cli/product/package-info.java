/** The verbs about products: searching, reading and deleting them. */
@NullMarked
package io.sluice.cli.product;

import org.jspecify.annotations.NullMarked;
