/** Bulk bodies, item by item. */
@NullMarked
package io.sluice.gateway.bulk;

import org.jspecify.annotations.NullMarked;
