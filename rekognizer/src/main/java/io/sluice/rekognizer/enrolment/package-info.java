/** Selfies: the face that a user wants to be found by. */
@NullMarked
package io.sluice.rekognizer.enrolment;

import org.jspecify.annotations.NullMarked;
