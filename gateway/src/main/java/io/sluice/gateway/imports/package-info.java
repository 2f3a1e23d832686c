/**
 * Imports over HTTP: {@code upload} accepts files and rows, {@code status} shows and cancels imports, and {@code kind}
 * lists the kinds of imports.
 */
@NullMarked
package io.sluice.gateway.imports;

import org.jspecify.annotations.NullMarked;
