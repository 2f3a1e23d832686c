/** The local stack: real servers (and one stand-in) in or beside this JVM, over a data folder. */
@NullMarked
package io.sluice.stack;

import org.jspecify.annotations.NullMarked;
