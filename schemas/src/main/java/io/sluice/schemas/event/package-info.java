/** What every event is, and the checks that keep a wrong one from being made. */
@NullMarked
package io.sluice.schemas.event;

import org.jspecify.annotations.NullMarked;
