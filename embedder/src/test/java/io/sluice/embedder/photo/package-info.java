@NullMarked
package io.sluice.embedder.photo;

import org.jspecify.annotations.NullMarked;
