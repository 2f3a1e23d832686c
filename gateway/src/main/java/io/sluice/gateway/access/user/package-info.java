/** Users: admins list, create, change and delete them. */
@NullMarked
package io.sluice.gateway.access.user;

import org.jspecify.annotations.NullMarked;
