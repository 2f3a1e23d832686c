/** The verbs about models: what there is, fetching it, checking it, and making one up. */
@NullMarked
package io.sluice.cli.models;

import org.jspecify.annotations.NullMarked;
