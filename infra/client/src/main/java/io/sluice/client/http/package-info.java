/** The parts that all calls share: headers, deadlines, bodies, answers, and repeating a call. */
@NullMarked
package io.sluice.client.http;

import org.jspecify.annotations.NullMarked;
