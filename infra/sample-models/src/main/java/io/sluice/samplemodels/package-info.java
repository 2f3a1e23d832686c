/** Model bundles with the files, names and shapes of published ones and seeded random weights; their vectors mean nothing. */
@NullMarked
package io.sluice.samplemodels;

import org.jspecify.annotations.NullMarked;
