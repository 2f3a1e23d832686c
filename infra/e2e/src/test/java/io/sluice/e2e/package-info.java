/** End-to-end tests, fault tests, and the rules of architecture. */
@NullMarked
package io.sluice.e2e;

import org.jspecify.annotations.NullMarked;
