/** Progress lines of verbs that run long. */
@NullMarked
package io.sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
