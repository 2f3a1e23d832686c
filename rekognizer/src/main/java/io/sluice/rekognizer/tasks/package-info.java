/** What one of all rekognizers does for faces now and then. */
@NullMarked
package io.sluice.rekognizer.tasks;

import org.jspecify.annotations.NullMarked;
