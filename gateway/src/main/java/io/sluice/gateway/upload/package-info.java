/** Request bodies: a form, a multipart form or JSON, read within limits into one shape. */
@NullMarked
package io.sluice.gateway.upload;

import org.jspecify.annotations.NullMarked;
