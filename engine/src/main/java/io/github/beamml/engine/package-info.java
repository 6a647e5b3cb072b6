/** The arithmetic, formats and models of Beam ML Components, in plain Java without Beam. */
@NullMarked
package io.github.beamml.engine;

import org.jspecify.annotations.NullMarked;
