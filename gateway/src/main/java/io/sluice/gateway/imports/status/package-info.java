/** Shows the counts and the rejected rows of imports, and cancels imports. */
@NullMarked
package io.sluice.gateway.imports.status;

import org.jspecify.annotations.NullMarked;
