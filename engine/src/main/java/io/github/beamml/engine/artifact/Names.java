package io.github.beamml.engine.artifact;

import io.github.beamml.engine.InvalidInputException;
import java.util.regex.Pattern;

/** The names that runs, stages, models, versions and tags may have. */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
  private static final Pattern KUBERNETES = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  private Names() {}

  /**
   * @param key what the user typed it for
   * @return the name
   * @throws InvalidInputException unless it is 1 to 63 lower-case letters, digits, dots, dashes and
   *     underscores that start and end with a letter or digit
   */
  public static String check(String key, String name) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw InvalidInputException.of(
          key, name, "1 to 63 of a-z, 0-9, '.', '_' and '-', letter or digit at both ends");
    }
    return name;
  }

  /**
   * As {@link #check}, for what becomes a Kubernetes object: no dot or underscore, at most 40.
   *
   * @throws InvalidInputException if the name has another form
   */
  public static String checkForKubernetes(String key, String name) {
    if (!KUBERNETES.matcher(name).matches()) {
      throw InvalidInputException.of(
          key, name, "1 to 40 of a-z, 0-9 and '-', letter or digit at both ends");
    }
    return name;
  }
}
