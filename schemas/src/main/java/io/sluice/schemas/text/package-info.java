/** How text from a record is shown to people. */
@NullMarked
package io.sluice.schemas.text;

import org.jspecify.annotations.NullMarked;
