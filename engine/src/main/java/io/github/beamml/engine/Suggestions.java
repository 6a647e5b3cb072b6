package io.github.beamml.engine;

import java.util.Optional;

/** Finds the known name nearest to one that was mistyped. */
public final class Suggestions {
  private Suggestions() {}

  /** {@code " (did you mean trees?)"}, or nothing where no known name is near. */
  public static String didYouMean(String name, Iterable<String> known) {
    return nearest(name, known).map(near -> " (did you mean " + near + "?)").orElse("");
  }

  /** The known name with the smallest edit distance, if at most a third of the name differs. */
  public static Optional<String> nearest(String name, Iterable<String> known) {
    int best = Math.max(2, name.length() / 3) + 1;
    String nearest = null;
    for (String candidate : known) {
      int distance = editDistance(name, candidate);
      if (distance < best || (startsAlike(name, candidate) && nearest == null)) {
        best = Math.min(best, distance);
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static boolean startsAlike(String name, String candidate) {
    return name.length() >= 3 && (candidate.startsWith(name) || name.startsWith(candidate));
  }

  /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
  private static int editDistance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
      }
    }
    return distance[a.length()][b.length()];
  }

  private static int step(int[][] distance, String a, String b, int i, int j) {
    int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(
            Math.min(distance[i - 1][j], distance[i][j - 1]) + 1, distance[i - 1][j - 1] + cost);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
  }
}
