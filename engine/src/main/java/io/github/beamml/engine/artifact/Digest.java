package io.github.beamml.engine.artifact;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import java.io.Serializable;
import java.util.regex.Pattern;

/** {@code sha256:} and 64 hexadecimal digits: what an artifact is, or the seal on its bytes. */
public record Digest(String text) implements Serializable {
  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  /**
   * @throws InvalidInputException if the text has another form
   */
  public Digest {
    if (!FORM.matcher(text).matches()) {
      throw InvalidInputException.of("digest", text, "sha256: and 64 hexadecimal digits");
    }
  }

  public static Digest ofHash(byte[] sha256) {
    return new Digest(PREFIX + Hex.of(sha256));
  }

  /** The digest of these bytes. */
  public static Digest of(byte[] bytes) {
    return ofHash(Sha256.of(bytes));
  }

  /** The 64 digits, for file names. */
  public String hex() {
    return text.substring(PREFIX.length());
  }

  /** Enough of it for people to tell artifacts apart. */
  public String abbreviated() {
    return text.substring(0, PREFIX.length() + 12);
  }

  @Override
  public String toString() {
    return text;
  }
}
