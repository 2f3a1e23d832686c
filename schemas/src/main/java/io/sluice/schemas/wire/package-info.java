/** What several contracts share: header names, versions, ids, hashes and references to objects. */
@NullMarked
package io.sluice.schemas.wire;

import org.jspecify.annotations.NullMarked;
