/** Has photos recognized again, for admins. */
@NullMarked
package io.sluice.gateway.photo.recognition;

import org.jspecify.annotations.NullMarked;
