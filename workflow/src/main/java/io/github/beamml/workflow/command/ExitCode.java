package io.github.beamml.workflow.command;

/** How a command ended, for scripts. */
final class ExitCode {
  static final int PASSED = 0;

  /** Anything that is neither of the others. */
  static final int FAILED = 1;

  /** A wrong workflow, profile or option. */
  static final int WRONG_CONFIGURATION = 2;

  /** The model was made and kept, but its gate refused it. */
  static final int REFUSED = 3;

  private ExitCode() {}
}
