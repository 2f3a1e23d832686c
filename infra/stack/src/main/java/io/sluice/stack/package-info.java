/**
 * The local stack: real servers and two stand-ins (for Qdrant and Rekognition), in this JVM or as processes of it, over one data folder.
 */
@NullMarked
package io.sluice.stack;

import org.jspecify.annotations.NullMarked;
