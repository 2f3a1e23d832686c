/** Accepts uploads of many photos: checks, stores and accepts each alone, while the next ones arrive. */
@NullMarked
package io.sluice.gateway.photo.upload;

import org.jspecify.annotations.NullMarked;
