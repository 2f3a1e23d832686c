@NullMarked
package io.sluice.embedder.platform;

import org.jspecify.annotations.NullMarked;
