/** What the gateway refuses, whatever a call is about. */
@NullMarked
package io.sluice.gateway.problem;

import org.jspecify.annotations.NullMarked;
