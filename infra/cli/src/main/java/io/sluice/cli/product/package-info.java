/** Verbs that talk to the gateway: products, search and jobs. */
@NullMarked
package io.sluice.cli.product;

import org.jspecify.annotations.NullMarked;
