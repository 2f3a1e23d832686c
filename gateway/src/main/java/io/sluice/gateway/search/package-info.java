/** Search by text and by picture. */
@NullMarked
package io.sluice.gateway.search;

import org.jspecify.annotations.NullMarked;
