/** Tests of the galleries. */
@NullMarked
package io.sluice.gateway.photo.gallery;

import org.jspecify.annotations.NullMarked;
