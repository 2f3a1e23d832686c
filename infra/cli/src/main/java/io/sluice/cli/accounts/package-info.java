/** The verbs of accounts: {@code login}, {@code logout}, {@code users} and {@code keys}. */
@NullMarked
package io.sluice.cli.accounts;

import org.jspecify.annotations.NullMarked;
