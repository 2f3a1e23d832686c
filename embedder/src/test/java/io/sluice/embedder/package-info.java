/** Tests of the embedder: from a product of one topic to its vectors on another topic, and its HTTP calls. */
@NullMarked
package io.sluice.embedder;

import org.jspecify.annotations.NullMarked;
