package io.github.beamml.workflow.stage;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the one line of ours in what a runner wraps around it. */
public final class OurCause {
  private static final Pattern OURS =
      Pattern.compile("(?:Cannot [a-z]+ [^\n]*?: |Invalid [^\n]*?: )[^\n]*");

  private OurCause() {}

  /** The innermost exception of ours, or one that says what the innermost exception says. */
  public static RuntimeException of(Throwable thrown) {
    RuntimeException ours = null;
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotException || cause instanceof InvalidInputException) {
        ours = (RuntimeException) cause;
      }
      root = cause;
    }
    if (ours != null) {
      return ours;
    }
    String message = String.valueOf(root.getMessage());
    Matcher matcher = OURS.matcher(message);
    String reason =
        matcher.find() ? matcher.group() : root.getClass().getSimpleName() + ": " + message;
    return CannotException.to("finish the pipeline", reason.lines().findFirst().orElse(""), thrown);
  }
}
