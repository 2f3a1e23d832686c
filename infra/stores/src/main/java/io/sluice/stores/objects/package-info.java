/** The object store, as a port and on S3. */
@NullMarked
package io.sluice.stores.objects;

import org.jspecify.annotations.NullMarked;
