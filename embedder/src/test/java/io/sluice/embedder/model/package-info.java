/** Tests of the models: near vectors for similar inputs, and the same vectors every time. */
@NullMarked
package io.sluice.embedder.model;

import org.jspecify.annotations.NullMarked;
