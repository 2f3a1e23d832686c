/** What all events have in common, and the checks of their values. */
@NullMarked
package io.sluice.schemas.event;

import org.jspecify.annotations.NullMarked;
