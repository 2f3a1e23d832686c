/** Code that our HTTP servers, the gateway and the embedder, share. */
@NullMarked
package io.sluice.web;

import org.jspecify.annotations.NullMarked;
