/** What a file that was sent is, by its first bytes. */
@NullMarked
package io.sluice.imports.file;

import org.jspecify.annotations.NullMarked;
