/** The kinds of imports there are, for callers. */
@NullMarked
package io.sluice.gateway.imports.kind;

import org.jspecify.annotations.NullMarked;
