/** Imports over HTTP: taken in by upload, followed and stopped by status, described by kind. */
@NullMarked
package io.sluice.gateway.imports;

import org.jspecify.annotations.NullMarked;
