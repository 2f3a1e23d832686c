/** What every verb is given and how it ends: environment, streams, one line for a failure, exit codes. */
@NullMarked
package io.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
