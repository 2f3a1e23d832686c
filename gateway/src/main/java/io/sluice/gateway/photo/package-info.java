/** The photos of users over HTTP: {@code upload} accepts them, and this package shows, serves and deletes them. */
@NullMarked
package io.sluice.gateway.photo;

import org.jspecify.annotations.NullMarked;
