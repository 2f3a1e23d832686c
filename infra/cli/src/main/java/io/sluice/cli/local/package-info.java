/** The verbs that start servers and services on this machine. */
@NullMarked
package io.sluice.cli.local;

import org.jspecify.annotations.NullMarked;
