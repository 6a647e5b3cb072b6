package io.github.beamml.engine;

/**
 * The world did not allow what was asked: a file, a broker, a store. The message has one form
 * everywhere: {@code Cannot <verb> <thing>: <reason>}.
 */
public final class CannotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CannotException(String message, Throwable cause) {
    super(message, cause);
  }

  private CannotException(String message) {
    super(message);
  }

  /**
   * @param action verb and thing, such as {@code read topic flights}
   * @param reason why, in one line, with what to do about it where that is known
   */
  public static CannotException to(String action, String reason) {
    return new CannotException("Cannot " + action + ": " + reason);
  }

  /** As {@link #to(String, String)}, keeping the cause for {@code --debug}. */
  public static CannotException to(String action, String reason, Throwable cause) {
    return new CannotException("Cannot " + action + ": " + reason, cause);
  }
}
