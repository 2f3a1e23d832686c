/** Where vectors are computed: on as many threads as there are cores, queries before bulk. */
@NullMarked
package io.sluice.embedder.compute;

import org.jspecify.annotations.NullMarked;
