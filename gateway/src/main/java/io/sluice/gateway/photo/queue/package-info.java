/** The queue of photos and the cache of galleries, as admins saw them in the former app. */
@NullMarked
package io.sluice.gateway.photo.queue;

import org.jspecify.annotations.NullMarked;
