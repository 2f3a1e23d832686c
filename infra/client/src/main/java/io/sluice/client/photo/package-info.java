/** The calls for photos and galleries. */
@NullMarked
package io.sluice.client.photo;

import org.jspecify.annotations.NullMarked;
