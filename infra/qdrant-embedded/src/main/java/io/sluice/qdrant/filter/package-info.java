/** Qdrant's filter language, compiled into predicates over points. */
@NullMarked
package io.sluice.qdrant.filter;

import org.jspecify.annotations.NullMarked;
