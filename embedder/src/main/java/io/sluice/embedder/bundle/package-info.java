/** Model bundles: finds them on disk, checks and reads their files, and downloads them. */
@NullMarked
package io.sluice.embedder.bundle;

import org.jspecify.annotations.NullMarked;
