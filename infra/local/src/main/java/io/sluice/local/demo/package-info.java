/** A sample catalog, drawn by our own code, and the tour that sends it through the pipeline and finds it again. */
@NullMarked
package io.sluice.local.demo;

import org.jspecify.annotations.NullMarked;
