/** Files and rows taken in as imports: limited, read and judged as they come, stored, and accepted once. */
@NullMarked
package io.sluice.gateway.imports.upload;

import org.jspecify.annotations.NullMarked;
