@NullMarked
package io.sluice.stores.limits;

import org.jspecify.annotations.NullMarked;
