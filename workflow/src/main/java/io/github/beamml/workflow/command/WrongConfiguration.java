package io.github.beamml.workflow.command;

/** A file that configures a run cannot be used; the message is one of ours as it is. */
final class WrongConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongConfiguration(RuntimeException ours) {
    super(ours.getMessage(), ours);
  }
}
