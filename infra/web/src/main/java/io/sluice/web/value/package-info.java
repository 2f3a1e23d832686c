/** Values that callers send: read, and checked for what our stores can keep. */
@NullMarked
package io.sluice.web.value;

import org.jspecify.annotations.NullMarked;
