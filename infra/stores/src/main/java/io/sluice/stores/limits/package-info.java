/** The limits of an API of another company, which all instances share: calls in flight, calls a second, calls a day. */
@NullMarked
package io.sluice.stores.limits;

import org.jspecify.annotations.NullMarked;
