/** What a service answers when it is asked how its pipelines are. */
@NullMarked
package io.sluice.runtime.health;

import org.jspecify.annotations.NullMarked;
