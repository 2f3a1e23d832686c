/** Tests of uploads of photos. */
@NullMarked
package io.sluice.gateway.photo.upload;

import org.jspecify.annotations.NullMarked;
