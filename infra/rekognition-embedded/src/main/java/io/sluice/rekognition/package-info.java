/** A stand-in for Amazon Rekognition: the face operations of its JSON protocol, over drawn people with markers on their faces. */
@NullMarked
package io.sluice.rekognition;

import org.jspecify.annotations.NullMarked;
