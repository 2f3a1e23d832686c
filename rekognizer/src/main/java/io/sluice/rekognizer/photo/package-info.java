/** The faces of prepared photos. */
@NullMarked
package io.sluice.rekognizer.photo;

import org.jspecify.annotations.NullMarked;
