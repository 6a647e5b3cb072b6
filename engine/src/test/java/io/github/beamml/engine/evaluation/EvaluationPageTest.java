package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps docs/evaluation.md true. */
class EvaluationPageTest {
  private static final Pattern METRIC_ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
  private static final Pattern GATE =
      Pattern.compile("[\"`]([a-z][^\"`\n]* [<>]=? [^\"`\n]+)[\"`]");

  @Test
  void everyMetricIsInTheTable() throws IOException {
    assertThat(all(METRIC_ROW)).containsExactlyElementsOf(Metric.keys());
  }

  @Test
  void everyGateOnThePageIsOne() throws IOException {
    List<String> gates = all(GATE);
    assertThat(gates).hasSize(12);
    assertThat(gates).allSatisfy(gate -> assertThat(Gate.parse(gate).text()).isEqualTo(gate));
  }

  private static List<String> all(Pattern pattern) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "evaluation.md"));
    return pattern.matcher(page).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
