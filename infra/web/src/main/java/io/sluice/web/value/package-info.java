/** Reads values that callers send, and checks that our stores can keep them. */
@NullMarked
package io.sluice.web.value;

import org.jspecify.annotations.NullMarked;
