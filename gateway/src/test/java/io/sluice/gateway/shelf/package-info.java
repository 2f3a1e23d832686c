/** Tests of the storage of files, also while the object store is not available. */
@NullMarked
package io.sluice.gateway.shelf;

import org.jspecify.annotations.NullMarked;
