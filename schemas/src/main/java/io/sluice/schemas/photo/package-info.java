/** Events about photos and the pictures made from them. */
@NullMarked
package io.sluice.schemas.photo;

import org.jspecify.annotations.NullMarked;
