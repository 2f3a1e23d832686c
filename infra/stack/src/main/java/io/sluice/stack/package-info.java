/**
 * The local stack: real servers and one stand-in (Qdrant's), in this JVM or as processes of it, over one data folder.
 */
@NullMarked
package io.sluice.stack;

import org.jspecify.annotations.NullMarked;
