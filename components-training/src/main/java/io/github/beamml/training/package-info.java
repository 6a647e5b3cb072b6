/** Trainers behind one interface, evaluation and gates. */
@NullMarked
package io.github.beamml.training;

import org.jspecify.annotations.NullMarked;
