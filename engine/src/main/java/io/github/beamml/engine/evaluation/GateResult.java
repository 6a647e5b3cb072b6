package io.github.beamml.engine.evaluation;

/**
 * What became of one gate.
 *
 * @param gate as the user typed it
 * @param reason one line with the figures, such as {@code auc.low 0.683 >= 0.66: passed}
 */
public record GateResult(String gate, boolean passed, String reason) {}
