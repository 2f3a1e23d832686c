/** Verbs that read and write topics, straight at the broker. */
@NullMarked
package io.sluice.cli.topics;

import org.jspecify.annotations.NullMarked;
