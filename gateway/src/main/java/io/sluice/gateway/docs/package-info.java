/** The API's description: the OpenAPI document that the build makes of the controllers, and a page to read it and try it. */
@NullMarked
package io.sluice.gateway.docs;

import org.jspecify.annotations.NullMarked;
