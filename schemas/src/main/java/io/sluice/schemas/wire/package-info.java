/** What travels beside the value of a record: header names, versions, dead-letter facts. */
@NullMarked
package io.sluice.schemas.wire;

import org.jspecify.annotations.NullMarked;
