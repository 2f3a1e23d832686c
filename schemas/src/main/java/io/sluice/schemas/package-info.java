/** What is on the wire: topics, event records and header names; contracts that other systems rely on. */
@NullMarked
package io.sluice.schemas;

import org.jspecify.annotations.NullMarked;
