/** The desk for dead letters: what admins see of them, and do with them. */
@NullMarked
package io.sluice.gateway.admin.letters;

import org.jspecify.annotations.NullMarked;
