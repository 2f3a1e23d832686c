@NullMarked
package io.sluice.pictures.photo;

import org.jspecify.annotations.NullMarked;
