/** The parts that all verbs share: environment, streams, failures and exit codes. */
@NullMarked
package io.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
