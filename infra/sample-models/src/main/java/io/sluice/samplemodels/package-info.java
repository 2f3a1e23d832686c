/**
 * Makes model bundles with the files, names and shapes of published ones. Their weights are random, from a seed, so
 * their vectors have no meaning.
 */
@NullMarked
package io.sluice.samplemodels;

import org.jspecify.annotations.NullMarked;
