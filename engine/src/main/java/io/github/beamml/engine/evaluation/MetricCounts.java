package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.exact.ExactSum;
import io.github.beamml.engine.exact.MergeableState;
import io.github.beamml.engine.exact.StateClass;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All metrics of rows that never come together: a slice, or a replicate, of any size. Counts of
 * positives and negatives by the cells of equal margins, the confusion at a threshold, exact sums.
 *
 * <pre>{@code
 * MetricCounts counts = MetricCounts.at(0.5);
 * counts.add(margin, probability, late);
 * counts.merge(fromAnotherWorker);
 * counts.group().estimate(Metric.AUC);
 * }</pre>
 *
 * <p>State class: exact; {@code merge(a, b)} equals the counts of all rows of both, bit for bit.
 * Size: 20 bytes for every cell that occurs (at most 2^28; models give some thousand to some
 * hundred thousand), and 2 KB.
 */
public final class MetricCounts implements MergeableState<MetricCounts> {
  private static final byte VERSION = 1;
  private static final String TITLE = "metric counts";

  private final double threshold;
  private final CellCounts cells;
  private long flaggedPositives;
  private long flaggedNegatives;
  private final ExactSum logLoss;
  private final ExactSum brier;
  private final ExactSum probability;

  private MetricCounts(
      double threshold, CellCounts cells, ExactSum logLoss, ExactSum brier, ExactSum probability) {
    this.threshold = new Threshold(threshold, TITLE).value();
    this.cells = cells;
    this.logLoss = logLoss;
    this.brier = brier;
    this.probability = probability;
  }

  /**
   * Counts of no rows yet.
   *
   * @param threshold a row is flagged if its probability is at least this
   * @throws InvalidInputException if it is not within [0, 1]
   */
  public static MetricCounts at(double threshold) {
    return new MetricCounts(
        threshold, new CellCounts(), ExactSum.empty(), ExactSum.empty(), ExactSum.empty());
  }

  /** Adds a row that counts once. */
  public void add(double margin, double rowProbability, boolean positive) {
    add(margin, rowProbability, positive, 1);
  }

  /**
   * Adds a row.
   *
   * @param times how often it counts, such as {@link Bootstrap#weight}
   * @throws InvalidInputException if the margin is NaN, the probability not within [0, 1] or {@code
   *     times} negative
   */
  public void add(double margin, double rowProbability, boolean positive, long times) {
    ScoredRows.checkRow(margin, rowProbability);
    if (times < 0) {
      throw InvalidInputException.of("times", times, "at least 0");
    }
    if (times == 0) {
      return;
    }
    cells.add(MarginCells.of(margin), positive, times);
    if (RowTerms.isFlagged(rowProbability, threshold)) {
      flaggedPositives += positive ? times : 0;
      flaggedNegatives += positive ? 0 : times;
    }
    logLoss.add(RowTerms.logLoss(rowProbability, positive), times);
    brier.add(RowTerms.brier(rowProbability, positive), times);
    probability.add(rowProbability, times);
  }

  /**
   * @throws InvalidInputException if the other counts are at another threshold
   */
  @Override
  public void merge(MetricCounts other) {
    if (threshold != other.threshold) {
      throw InvalidInputException.of(
          "threshold",
          Figures.decimal(other.threshold, 6),
          "the same: " + Figures.decimal(threshold, 6));
    }
    cells.merge(other.cells);
    flaggedPositives += other.flaggedPositives;
    flaggedNegatives += other.flaggedNegatives;
    logLoss.merge(other.logLoss);
    brier.merge(other.brier);
    probability.merge(other.probability);
  }

  @Override
  public MetricCounts copy() {
    MetricCounts copy =
        new MetricCounts(threshold, cells.copy(), logLoss.copy(), brier.copy(), probability.copy());
    copy.flaggedPositives = flaggedPositives;
    copy.flaggedNegatives = flaggedNegatives;
    return copy;
  }

  /** The metrics, without intervals. */
  public Group group() {
    Totals totals = totals();
    List<Estimate> estimates =
        Metric.all().stream().map(metric -> estimate(metric, totals)).toList();
    return new Group(totals.confusion(), totals.tiedMass(), estimates);
  }

  private static Estimate estimate(Metric metric, Totals totals) {
    String absent = Totals.whyAbsent(metric, totals.confusion());
    return absent.isEmpty()
        ? new Estimate(
            metric,
            OptionalDouble.of(totals.value(metric)),
            Optional.empty(),
            Optional.of(Bootstrap.whyAbsent(new double[0])))
        : new Estimate(metric, OptionalDouble.empty(), Optional.empty(), Optional.of(absent));
  }

  private Totals totals() {
    Totals totals = new Totals();
    for (int at = cells.size() - 1; at >= 0; at--) {
      totals.addCell(cells.positives(at), cells.negatives(at));
    }
    totals.addFlagged(flaggedPositives, flaggedNegatives);
    totals.addSums(logLoss.unscaled(), brier.unscaled(), probability.unscaled());
    return totals;
  }

  @Override
  public byte[] canonicalBytes() {
    byte[][] sums = {
      logLoss.canonicalBytes(), brier.canonicalBytes(), probability.canonicalBytes()
    };
    int size = 1 + 3 * Long.BYTES + Integer.BYTES + 20 * cells.size();
    for (byte[] sum : sums) {
      size += Integer.BYTES + sum.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).putDouble(threshold);
    out.putLong(flaggedPositives).putLong(flaggedNegatives).putInt(cells.size());
    for (int at = 0; at < cells.size(); at++) {
      out.putInt(cells.cell(at)).putLong(cells.positives(at)).putLong(cells.negatives(at));
    }
    for (byte[] sum : sums) {
      out.putInt(sum.length).put(sum);
    }
    return out.array();
  }

  /**
   * Reads what {@link #canonicalBytes} wrote.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static MetricCounts fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      check(in.get() == VERSION, "its format is of another version");
      double threshold = in.getDouble();
      long flaggedPositives = in.getLong();
      long flaggedNegatives = in.getLong();
      CellCounts cells = readCells(in);
      MetricCounts counts =
          new MetricCounts(threshold, cells, readSum(in), readSum(in), readSum(in));
      counts.flaggedPositives = flaggedPositives;
      counts.flaggedNegatives = flaggedNegatives;
      check(!in.hasRemaining(), in.remaining() + " bytes too many at its end");
      return counts;
    } catch (BufferUnderflowException e) {
      throw CannotException.to("read " + TITLE, "the bytes end early, at " + bytes.length, e);
    }
  }

  private static CellCounts readCells(ByteBuffer in) {
    CellCounts cells = new CellCounts();
    int size = in.getInt();
    check(size >= 0, "a size is negative");
    int before = -1;
    for (int i = 0; i < size; i++) {
      int cell = in.getInt();
      check(cell > before && cell >>> MarginCells.BITS == 0, "its cells are not in order");
      cells.add(cell, true, in.getLong());
      cells.add(cell, false, in.getLong());
      before = cell;
    }
    return cells;
  }

  private static ExactSum readSum(ByteBuffer in) {
    int length = in.getInt();
    check(length >= 0 && length <= in.remaining(), "the bytes end early, at " + in.limit());
    byte[] sum = new byte[length];
    in.get(sum);
    return ExactSum.fromBytes(sum);
  }

  private static void check(boolean holds, String reason) {
    if (!holds) {
      throw CannotException.to("read " + TITLE, reason);
    }
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT;
  }

  @Override
  public Optional<String> whyNotSubtractable() {
    return Optional.of("metric counts only grow");
  }
}
