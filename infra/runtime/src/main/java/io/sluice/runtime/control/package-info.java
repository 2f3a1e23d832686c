/** Follows what admins ask of pipelines, and reports what pipelines do. */
@NullMarked
package io.sluice.runtime.control;

import org.jspecify.annotations.NullMarked;
