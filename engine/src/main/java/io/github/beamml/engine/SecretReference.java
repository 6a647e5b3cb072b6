package io.github.beamml.engine;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a secret is, never the secret: {@code env:NAME} or {@code file:PATH}. It is resolved on the
 * worker that needs it and never stands in options, plans, logs or artifacts.
 *
 * @param text the reference
 */
public record SecretReference(String text) implements Serializable {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  public SecretReference {
    if (!isReference(text)) {
      throw InvalidInputException.of("secret", "(not shown)", "env:NAME or file:PATH");
    }
  }

  /** Whether the text names a place rather than being a plain value. */
  public static boolean isReference(String text) {
    return text.startsWith(ENVIRONMENT) || text.startsWith(FILE);
  }

  /**
   * The text, or the secret where the text is a reference.
   *
   * @throws CannotException if the secret is not there
   */
  public static String resolveIfReference(String text) {
    return isReference(text) ? new SecretReference(text).resolve() : text;
  }

  /**
   * Reads the secret; of a file all but a last line break.
   *
   * @throws CannotException if it is not there
   */
  public String resolve() {
    if (text.startsWith(ENVIRONMENT)) {
      String value = System.getenv(text.substring(ENVIRONMENT.length()));
      if (value == null) {
        throw CannotException.to("resolve " + text, "the variable is not set here");
      }
      return value;
    }
    try {
      String content = Files.readString(Path.of(text.substring(FILE.length())));
      return content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
    } catch (IOException e) {
      throw CannotException.to("resolve " + text, "the file cannot be read here", e);
    }
  }
}
