/** Whole-pipeline tests, fault tests, and the rules of the house. */
@NullMarked
package io.sluice.e2e;

import org.jspecify.annotations.NullMarked;
