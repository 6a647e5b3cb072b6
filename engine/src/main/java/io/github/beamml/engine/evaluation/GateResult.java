package io.github.beamml.engine.evaluation;

/**
 * What became of one gate.
 *
 * @param gate as the user typed it
 * @param reason one line with the figures, such as {@code auc.low 0.683 >= 0.66: passed}
 * @param program whose own figures the gate is on; empty if it is on the model's evaluation
 */
public record GateResult(String gate, boolean passed, String reason, String program) {
  /** Of a gate on the model's evaluation. */
  public GateResult(String gate, boolean passed, String reason) {
    this(gate, passed, reason, "");
  }
}
