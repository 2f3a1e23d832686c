/** Reads request bodies while they arrive, within the limits of the call and the memory that all bodies share. */
@NullMarked
package io.sluice.web.body;

import org.jspecify.annotations.NullMarked;
