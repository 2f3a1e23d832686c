/** Objects by content, in an S3 store. */
@NullMarked
package io.sluice.stores.objects;

import org.jspecify.annotations.NullMarked;
