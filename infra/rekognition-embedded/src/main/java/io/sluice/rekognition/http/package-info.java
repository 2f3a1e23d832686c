/** The HTTP server: the operations, and the paths of tests that make it fail. */
@NullMarked
package io.sluice.rekognition.http;

import org.jspecify.annotations.NullMarked;
