/** Events as JSON, in the topics and over HTTP. */
@NullMarked
package io.sluice.runtime.json;

import org.jspecify.annotations.NullMarked;
