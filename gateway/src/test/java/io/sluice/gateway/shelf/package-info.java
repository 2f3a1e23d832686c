/** What the shelf does with files, and with a store that is away. */
@NullMarked
package io.sluice.gateway.shelf;

import org.jspecify.annotations.NullMarked;
