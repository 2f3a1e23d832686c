@NullMarked
package io.sluice.pictures.color;

import org.jspecify.annotations.NullMarked;
