package io.github.beamml.engine.evaluation;

/**
 * What would be flagged down to some margin.
 *
 * @param falsePositives negatives with at least this margin
 * @param truePositives positives with at least this margin
 */
public record CurvePoint(long falsePositives, long truePositives) {}
