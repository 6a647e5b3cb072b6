package io.github.beamml.io.kafka;

import io.github.beamml.engine.SecretReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secret references inside longer texts, such as a JAAS configuration. */
final class Placeholders {
  private static final Pattern PLACE = Pattern.compile("\\$\\{((?:env|file):[^}]+)}");

  private Placeholders() {}

  /** Whether the text is one such place and nothing else. */
  static boolean isWholly(String text) {
    return PLACE.matcher(text).matches();
  }

  static String resolve(String text) {
    if (SecretReference.isReference(text)) {
      return new SecretReference(text).resolve();
    }
    return PLACE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(new SecretReference(match.group(1)).resolve()));
  }
}
