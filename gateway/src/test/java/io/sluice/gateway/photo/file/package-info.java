/** Tests of how files are served. */
@NullMarked
package io.sluice.gateway.photo.file;

import org.jspecify.annotations.NullMarked;
