/** What every call of the client has in common: headers, deadlines, bodies, answers, and trying again. */
@NullMarked
package io.sluice.client.http;

import org.jspecify.annotations.NullMarked;
