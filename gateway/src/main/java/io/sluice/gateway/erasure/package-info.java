/** What the erasure of a user asks of the features that have data of users. */
@NullMarked
package io.sluice.gateway.erasure;

import org.jspecify.annotations.NullMarked;
