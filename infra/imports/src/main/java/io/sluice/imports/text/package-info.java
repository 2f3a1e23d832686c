/** Texts of cells and headers: how they are compared, quoted, turned into slugs, and kept from running as formulas. */
@NullMarked
package io.sluice.imports.text;

import org.jspecify.annotations.NullMarked;
