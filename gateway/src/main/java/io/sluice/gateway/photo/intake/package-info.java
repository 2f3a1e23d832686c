/** Publishes the events of photos, and knows which photos there are before the ledger does. */
@NullMarked
package io.sluice.gateway.photo.intake;

import org.jspecify.annotations.NullMarked;
