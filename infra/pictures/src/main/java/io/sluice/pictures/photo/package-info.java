/** Makes of a photo what galleries show of it. */
@NullMarked
package io.sluice.pictures.photo;

import org.jspecify.annotations.NullMarked;
