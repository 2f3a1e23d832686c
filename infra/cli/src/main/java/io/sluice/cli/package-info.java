/** {@code ./sluice}: the main class, which knows every verb; the verbs are in sub-packages by what they are about. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
