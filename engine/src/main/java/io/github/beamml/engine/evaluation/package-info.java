/**
 * How good a model is, and whether it is good enough: metrics with intervals, overall and by slice,
 * curves, baselines and gates. Everything is a function of the rows alone: neither their order nor
 * threads change a byte.
 */
@NullMarked
package io.github.beamml.engine.evaluation;

import org.jspecify.annotations.NullMarked;
