/** Serves the OpenAPI document, which the build generates from the controllers, and a page to read it and try calls. */
@NullMarked
package io.sluice.gateway.docs;

import org.jspecify.annotations.NullMarked;
