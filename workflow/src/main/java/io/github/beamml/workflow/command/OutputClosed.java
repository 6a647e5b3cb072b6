package io.github.beamml.workflow.command;

/** Whoever read standard output has had enough, such as {@code head}: nothing that must be said. */
final class OutputClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
