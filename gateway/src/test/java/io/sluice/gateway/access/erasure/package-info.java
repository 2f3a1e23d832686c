/** Tests of the erasure of users. */
@NullMarked
package io.sluice.gateway.access.erasure;

import org.jspecify.annotations.NullMarked;
