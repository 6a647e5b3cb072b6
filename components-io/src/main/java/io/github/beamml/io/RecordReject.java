package io.github.beamml.io;

/** Why a record cannot become a row: a stable code to count by, and a sentence. */
public final class RecordReject extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason a short code such as {@code wrong_type}
   * @param message one line; may name the field, never shows the value
   */
  public RecordReject(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }

  /** The sentence. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
