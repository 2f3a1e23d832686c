/** What the shelf gives, and what it says when it cannot. */
@NullMarked
package io.sluice.gateway.image;

import org.jspecify.annotations.NullMarked;
