/** An append-only file of entries, which a server reads at its start and writes before it answers. */
@NullMarked
package io.sluice.journal;

import org.jspecify.annotations.NullMarked;
