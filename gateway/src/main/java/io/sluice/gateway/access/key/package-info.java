/** API keys: admins list, create and delete them. */
@NullMarked
package io.sluice.gateway.access.key;

import org.jspecify.annotations.NullMarked;
