/** What the provider of face recognition found in images, who refers to it, whose face is searched for, and matches. */
@NullMarked
package io.sluice.stores.face;

import org.jspecify.annotations.NullMarked;
