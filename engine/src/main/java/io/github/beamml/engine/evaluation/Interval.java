package io.github.beamml.engine.evaluation;

/**
 * Two order statistics of a metric's bootstrap replicates, at the indices that a {@link Bootstrap}
 * states.
 */
public record Interval(double low, double high) {}
