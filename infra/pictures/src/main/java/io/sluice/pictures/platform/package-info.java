/** The process that native libraries find themselves in. */
@NullMarked
package io.sluice.pictures.platform;

import org.jspecify.annotations.NullMarked;
