package io.github.beamml.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FitPass;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

/**
 * What everything fitted promises: the same rows give the same bytes in any order, cut and merged
 * in any shape; a state of all rows is the merged states of its parts bit for bit; odd rows are
 * fitted or refused in one line; what was fitted lasts, and is a function as {@link
 * BatchFnContract} says. A plan's test implements it:
 *
 * <pre>{@code
 * class StandardizeContractTest implements FitContract {
 *   @Override
 *   public FeaturePlan plan() {
 *     return FeaturePlan.of(standardize("temp"));
 *   }
 *
 *   @Override
 *   public RowBatch trainingRows() { ... }  // a few, with nulls
 * }
 * }</pre>
 *
 * <p>What fitting to {@link #trainingRows} gives stands in a golden file beside the test, one for
 * each version of the format: {@code StandardizeContractTest.beamml-features-1.json}. Files of
 * earlier versions stay and must be readable.
 */
public interface FitContract extends BatchFnContract {
  /** The plan under test. */
  FeaturePlan plan();

  /** A few ordinary rows that can be fitted; odd ones of their schema are made from them. */
  RowBatch trainingRows();

  @Override
  default BatchFn function() {
    return fitted().fn();
  }

  /** What is transformed: odd rows, infinities among them. */
  @Override
  default RowBatch rows() {
    return OddRows.like(trainingRows(), OddRows.Numbers.INFINITE, 60, 7);
  }

  private FittedFeatures fitted() {
    return plan().fit(trainingRows().schema(), List.of(trainingRows()));
  }

  private RowBatch oddRows(int rows, long seed) {
    return OddRows.like(trainingRows(), OddRows.Numbers.FINITE, rows, seed);
  }

  /** Fitted or refused, but the same in every order and shape. */
  private String outcome(RowBatch rows) {
    String expected = Fits.outcome(plan(), rows);
    for (long seed = 0; seed < 5; seed++) {
      assertThat(Fits.scattered(plan(), rows, seed)).isEqualTo(expected);
    }
    return expected;
  }

  private void fittedOrRefused(RowBatch rows) {
    String outcome = outcome(rows);
    if (outcome.startsWith("{")) {
      FittedFeatures.parse(outcome.getBytes(UTF_8)).apply(rows, (batch, row, message) -> {});
    } else {
      assertThat(outcome).startsWith("Cannot fit ").doesNotContain("\n");
    }
  }

  @Test
  default void neitherTheOrderOfRowsNorBundlesNorTheShapeOfMergingChangesAByte() {
    assertThat(outcome(trainingRows())).startsWith("{");
    assertThat(outcome(oddRows(1_500, 1))).startsWith("{");
  }

  @Test
  default void theStateOfAllRowsIsTheMergedStatesOfItsParts() {
    RowBatch rows = oddRows(400, 2);
    for (FitPass pass : Fits.passes(plan(), rows)) {
      SortedMap<String, byte[]> all = Fits.statesOf(pass, rows);
      for (long seed = 0; seed < 5; seed++) {
        SortedMap<String, byte[]> merged = Fits.scattered(pass, rows, new Random(seed));
        assertThat(merged.keySet()).isEqualTo(all.keySet());
        all.forEach((key, state) -> assertThat(merged.get(key)).as(key).isEqualTo(state));
      }
    }
  }

  @Test
  default void manyStatesMergedAtOnceAreThoseMergedOneByOne() {
    for (FitPass pass : Fits.passes(plan(), oddRows(200, 3))) {
      SortedMap<String, byte[]> chained = new TreeMap<>();
      SortedMap<String, List<byte[]>> parts = new TreeMap<>();
      for (long seed = 10; seed < 14; seed++) {
        SortedMap<String, byte[]> states = Fits.statesOf(pass, oddRows(50, seed));
        chained = Fits.merged(chained, states);
        states.forEach(
            (key, state) -> parts.computeIfAbsent(key, first -> new ArrayList<>()).add(state));
      }
      SortedMap<String, byte[]> expected = chained;
      parts.forEach(
          (key, states) ->
              assertThat(FitPass.merge(key, states)).as(key).isEqualTo(expected.get(key)));
    }
  }

  @Test
  default void infiniteValuesAreFittedOrRefused() {
    fittedOrRefused(OddRows.like(trainingRows(), OddRows.Numbers.INFINITE, 200, 4));
  }

  @Test
  default void valuesOfAHugeOffsetAreFitted() {
    RowBatch rows = OddRows.like(trainingRows(), OddRows.Numbers.HUGE_OFFSETS, 200, 5);
    assertThat(outcome(rows)).startsWith("{");
  }

  @Test
  default void oneRowAndConstantColumnsAreFittedOrRefused() {
    fittedOrRefused(OddRows.constant(trainingRows(), 1));
    fittedOrRefused(OddRows.constant(trainingRows(), 100));
  }

  @Test
  default void noRowsAndNoValuesAreFittedOrRefused() {
    fittedOrRefused(RowBatch.empty(trainingRows().schema()));
    fittedOrRefused(OddRows.ofNulls(trainingRows(), 3));
  }

  @Test
  default void fittingChangesNoRow() {
    RowBatch rows = oddRows(100, 6);
    Fingerprint before = Fingerprint.of(rows);
    Fits.outcome(plan(), rows);
    assertThat(Fingerprint.of(rows)).isEqualTo(before);
  }

  @Test
  default void aPassThatTravelledGivesTheSameStates() {
    RowBatch rows = oddRows(100, 8);
    for (FitPass pass : Fits.passes(plan(), rows)) {
      SortedMap<String, byte[]> here = Fits.statesOf(pass, rows);
      SortedMap<String, byte[]> there = Fits.statesOf(SerializableUtils.clone(pass), rows);
      assertThat(there.keySet()).isEqualTo(here.keySet());
      here.forEach((key, state) -> assertThat(there.get(key)).as(key).isEqualTo(state));
    }
  }

  @Test
  default void theNumbersOfOneRowAreThoseOfTheMatrix() {
    FittedFeatures fitted = fitted();
    RowBatch whole = fitted.apply(trainingRows(), RowErrors.fail());
    double[][] matrix = new double[fitted.slots().size()][whole.size()];
    fitted.fillMatrix(whole, matrix, 0);
    for (int row = 0; row < whole.size(); row++) {
      double[] vector =
          fitted.vector(fitted.apply(trainingRows().take(new int[] {row}), RowErrors.fail()), 0);
      for (int slot = 0; slot < vector.length; slot++) {
        assertThat(Double.doubleToLongBits(vector[slot]))
            .isEqualTo(Double.doubleToLongBits(matrix[slot][row]));
      }
    }
  }

  @Test
  default void bytesGiveTheSameFeaturesBack() {
    FittedFeatures fitted = fitted();
    FittedFeatures parsed = FittedFeatures.parse(fitted.toBytes());
    assertThat(parsed).isEqualTo(fitted);
    assertThat(parsed.digest()).isEqualTo(fitted.digest());
    RowErrors ignore = (batch, row, message) -> {};
    assertThat(Fingerprint.of(parsed.apply(rows(), ignore)))
        .isEqualTo(Fingerprint.of(fitted.apply(rows(), ignore)));
  }

  @Test
  default void theBytesAreThoseOfTheGoldenFileOfEveryVersion() {
    byte[] bytes = fitted().toBytes();
    String format = CanonicalJson.parse("features", bytes).path("format").asText();
    int slash = format.lastIndexOf('/');
    int version = Integer.parseInt(format.substring(slash + 1));
    String name = getClass().getSimpleName() + "." + format.substring(0, slash) + "-";
    Golden.file(getClass(), name + version + ".json").check(new String(bytes, UTF_8));
    for (int earlier = 1; earlier < version; earlier++) {
      String text = Golden.file(getClass(), name + earlier + ".json").text().orElseThrow();
      FittedFeatures.parse(text.getBytes(UTF_8)).apply(trainingRows(), RowErrors.fail());
    }
  }
}
