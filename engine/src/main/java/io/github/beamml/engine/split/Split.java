package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.ZoneRules;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Puts every row into a {@link Part}: a pure function of the row's time, of a hash of its key, its
 * group or its stratum, or of a column that says it. So it can be evaluated anywhere, any time, in
 * any order: the feature stage knows the training rows before the split stage has run. Immutable.
 *
 * <p>Shares are cut by integers: a 64-bit hash, read as unsigned, is compared with floor(share *
 * 2^64), where share is the double as given (the product is exact before the floor). Validation
 * takes the hashes from 0, test those behind it, training the rest. So a larger test share takes
 * rows from training only.
 */
public abstract sealed class Split implements Serializable
    permits TimeSplit, HashSplit, ColumnSplit, FoldSplit {
  private static final long serialVersionUID = 1L;

  /** What a split is called in messages. */
  static final String KEY = "dataset-split";

  Split() {}

  /** By a TIMESTAMP column: training before validation before test. */
  public static TimeSplit byTime(String column) {
    return TimeSplit.of(column);
  }

  /** By a hash of the row key, which must be there as column {@code _row_key}. */
  public static HashSplit byHash() {
    return HashSplit.of(HashSplit.By.HASH, "");
  }

  /** By a hash of a column's value: all rows of a group are in one part; so are all without one. */
  public static HashSplit byGroup(String column) {
    return HashSplit.of(HashSplit.By.GROUP, column);
  }

  /**
   * By a hash of the row key within each value of a label column, so that every value is divided on
   * its own. Shares hold in expectation, not to the row.
   */
  public static HashSplit stratified(String labelColumn) {
    return HashSplit.of(HashSplit.By.STRATUM, labelColumn);
  }

  /** By a STRING column that names the part: {@code train}, {@code validation} or {@code test}. */
  public static ColumnSplit byColumn(String column) {
    return new ColumnSplit(column);
  }

  /** Folds for cross-validation, by a hash of the row key. */
  public static Folds folds(int count) {
    return Folds.of(count);
  }

  /** The part of every row, as {@link Part#code}. */
  public abstract byte[] assign(RowBatch batch);

  /**
   * @throws InvalidInputException if the rows lack the column that the split reads
   */
  public abstract void check(RowSchema schema);

  /** Whether rows may be in a part. */
  public abstract boolean has(Part part);

  abstract void writeTo(ObjectNode json);

  /** The training rows. */
  public SplitPart train() {
    return new SplitPart(this, Part.TRAIN);
  }

  /** The validation rows. */
  public SplitPart validation() {
    return new SplitPart(this, Part.VALIDATION);
  }

  /** The test rows. */
  public SplitPart test() {
    return new SplitPart(this, Part.TEST);
  }

  public SplitPart part(Part part) {
    return new SplitPart(this, part);
  }

  /**
   * The definition with every parameter, such as {@code {"by_time": "sched_dep", "test_from":
   * "2013-11-01", "validation_from": "2013-10-01", "zone": "America/New_York"}}.
   */
  public final ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    writeTo(json);
    return json;
  }

  /**
   * Reads a definition:
   *
   * <ul>
   *   <li>{@code {by_time: sched_dep, validation_from: 2013-10-01, test_from: 2013-11-01, zone:
   *       America/New_York}}
   *   <li>{@code {by_hash: {validation: 0.1, test: 0.2}, salt: flights}}
   *   <li>{@code {by_group: origin, shares: {validation: 0.1, test: 0.2}, salt: flights}}
   *   <li>{@code {stratified: late, shares: {validation: 0.1, test: 0.2}, salt: flights}}
   *   <li>{@code {by_column: part}}: the column says train, validation or test
   *   <li>{@code {fold: 0, of: 5, salt: flights}}: fold 0 is the validation part
   * </ul>
   *
   * @param zone where a split by time names none, such as the zone of the workflow's window
   * @throws InvalidInputException naming the nearest known key if one is unknown, missing or wrong
   */
  public static Split fromJson(JsonNode json, String zone) {
    return SplitDefinition.read(json, zone);
  }

  /** As {@link #fromJson(JsonNode, String)} with UTC. */
  public static Split fromJson(JsonNode json) {
    return fromJson(json, ZoneRules.UTC.id());
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Split that && toString().equals(that.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  @Override
  public final String toString() {
    return CanonicalJson.text(toJson());
  }
}
