/** Events about the faces of users. */
@NullMarked
package io.sluice.schemas.face;

import org.jspecify.annotations.NullMarked;
