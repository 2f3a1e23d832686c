/** The verb {@code face}: enrolls, shows and deletes the caller's face. */
@NullMarked
package io.sluice.cli.face;

import org.jspecify.annotations.NullMarked;
