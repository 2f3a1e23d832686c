/** What the desk for dead letters does without a request. */
@NullMarked
package io.sluice.gateway.admin.letters.work;

import org.jspecify.annotations.NullMarked;
