/** The gateway's calls, for verbs: what fails ends the verb with one line for the person at the keyboard. */
@NullMarked
package io.sluice.cli.gateway;

import org.jspecify.annotations.NullMarked;
