/** Runner profiles with checked options: the only package that knows a runner. */
@NullMarked
package io.github.beamml.portability;

import org.jspecify.annotations.NullMarked;
