/** What our HTTP servers share. */
@NullMarked
package io.sluice.web;

import org.jspecify.annotations.NullMarked;
