/** Shows the kinds of imports to callers. */
@NullMarked
package io.sluice.gateway.imports.kind;

import org.jspecify.annotations.NullMarked;
