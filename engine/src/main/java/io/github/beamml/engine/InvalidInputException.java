package io.github.beamml.engine;

/**
 * A value that the user gave is wrong. The message has one form everywhere: {@code Invalid <key as
 * the user typed it>: <value> (must be <constraint>)}.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "Invalid ";

  private InvalidInputException(String message) {
    super(message);
  }

  /**
   * @param key the key as the user typed it, such as {@code model-training.trees}
   * @param value the value found, shown as it is
   * @param constraint what it must be, without the words "must be"
   */
  public static InvalidInputException of(String key, Object value, String constraint) {
    return new InvalidInputException(PREFIX + key + ": " + value + " (must be " + constraint + ")");
  }

  /** A key that names nothing: says which known name is nearest. */
  public static InvalidInputException unknown(
      String key, String name, String kind, Iterable<String> known) {
    return new InvalidInputException(
        PREFIX + key + ": " + name + " is not " + kind + Suggestions.didYouMean(name, known));
  }

  /** The same of a key that stands inside another: {@code Invalid <place>.<key>: ...}. */
  public InvalidInputException under(String place) {
    String rest = String.valueOf(getMessage()).substring(PREFIX.length());
    InvalidInputException inside = new InvalidInputException(PREFIX + place + "." + rest);
    inside.initCause(this);
    return inside;
  }

  /** A message whose explanation has a form of its own, such as a count with its reason. */
  public static InvalidInputException because(String key, String explanation) {
    return new InvalidInputException(PREFIX + key + ": " + explanation);
  }
}
