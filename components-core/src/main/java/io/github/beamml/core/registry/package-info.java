/** The model registry. */
@NullMarked
package io.github.beamml.core.registry;

import org.jspecify.annotations.NullMarked;
