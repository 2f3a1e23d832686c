/** Where the gateway keeps files: stored before the event that names them is published. */
@NullMarked
package io.sluice.gateway.shelf;

import org.jspecify.annotations.NullMarked;
