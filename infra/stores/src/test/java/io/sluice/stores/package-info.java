/** What the adapters promise, held against the real servers. */
@NullMarked
package io.sluice.stores;

import org.jspecify.annotations.NullMarked;
