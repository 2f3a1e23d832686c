/** Request bodies: read as they stream in, within limits, and within the memory that bodies have together. */
@NullMarked
package io.sluice.web.body;

import org.jspecify.annotations.NullMarked;
