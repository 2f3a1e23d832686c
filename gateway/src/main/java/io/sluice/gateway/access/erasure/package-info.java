/** Erasure of deleted users: a job that removes what belonged to them. */
@NullMarked
package io.sluice.gateway.access.erasure;

import org.jspecify.annotations.NullMarked;
