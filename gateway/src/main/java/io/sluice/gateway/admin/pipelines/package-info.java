/** Pipelines of all services: how they are, and how admins pause and resume them. */
@NullMarked
package io.sluice.gateway.admin.pipelines;

import org.jspecify.annotations.NullMarked;
