@NullMarked
package io.sluice.rekognizer.aws;

import org.jspecify.annotations.NullMarked;
