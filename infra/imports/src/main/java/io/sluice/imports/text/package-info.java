/** Texts of cells and headers: compared, shortened, made into addresses, kept from running as formulas. */
@NullMarked
package io.sluice.imports.text;

import org.jspecify.annotations.NullMarked;
