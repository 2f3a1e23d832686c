/** Shows dead letters: as groups, as lists, and one with everything that is known of it. */
@NullMarked
package io.sluice.gateway.admin.letters.view;

import org.jspecify.annotations.NullMarked;
