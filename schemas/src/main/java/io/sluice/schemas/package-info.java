/** The contracts that other systems rely on: topics, event records and header names. */
@NullMarked
package io.sluice.schemas;

import org.jspecify.annotations.NullMarked;
