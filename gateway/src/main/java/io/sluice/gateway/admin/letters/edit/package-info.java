/** Sends an edited dead letter as a new record of its entity. */
@NullMarked
package io.sluice.gateway.admin.letters.edit;

import org.jspecify.annotations.NullMarked;
