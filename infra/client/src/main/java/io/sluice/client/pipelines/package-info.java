/** The calls for pipelines. */
@NullMarked
package io.sluice.client.pipelines;

import org.jspecify.annotations.NullMarked;
