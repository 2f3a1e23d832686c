/** The demo: a sample catalog that is sent through the pipeline and searched, and two imports. */
@NullMarked
package io.sluice.local.demo;

import org.jspecify.annotations.NullMarked;
