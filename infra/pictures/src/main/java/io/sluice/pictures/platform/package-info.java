/** The environment of the process, for native libraries. */
@NullMarked
package io.sluice.pictures.platform;

import org.jspecify.annotations.NullMarked;
