/** Tests of enrolling users. */
@NullMarked
package io.sluice.rekognizer.enrolment;

import org.jspecify.annotations.NullMarked;
