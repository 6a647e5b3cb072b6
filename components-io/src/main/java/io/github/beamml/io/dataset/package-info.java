/** Dataset artifacts. */
@NullMarked
package io.github.beamml.io.dataset;

import org.jspecify.annotations.NullMarked;
