/** Galleries: pages of photos, which this gateway keeps until Postgres announces that they have changed. */
@NullMarked
package io.sluice.gateway.photo.gallery;

import org.jspecify.annotations.NullMarked;
