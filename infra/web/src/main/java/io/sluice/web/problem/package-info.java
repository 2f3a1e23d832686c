/** Problem details: how a request is refused, and which fields of it are wrong. */
@NullMarked
package io.sluice.web.problem;

import org.jspecify.annotations.NullMarked;
