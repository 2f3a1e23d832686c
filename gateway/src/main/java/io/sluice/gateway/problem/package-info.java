/** What callers are told when something is wrong: RFC 9457 problem details, on every 4xx and 5xx. */
@NullMarked
package io.sluice.gateway.problem;

import org.jspecify.annotations.NullMarked;
