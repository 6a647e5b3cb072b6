/**
 * Smile's learners behind the trainer interface. Smile is under the LGPL; nothing else depends on
 * it.
 */
@NullMarked
package io.github.beamml.training.smile;

import org.jspecify.annotations.NullMarked;
