package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles from integer counts of the cells that the leading b bits of a double make (of its bits
 * in the order of the numbers), b the largest of 64, 60, 56, ..., 16 that needs at most 2^17 =
 * 131,072 cells. A column of no more distinct values than that is counted value by value: its
 * quantiles are exact in one pass. The state depends on the multiset of values only.
 *
 * <p>The quantile of p is the <em>inverted distribution function</em>: of n values in ascending
 * order the one with rank {@code ceil(p * n)} (the product rounded to double, as in NumPy's {@code
 * inverted_cdf}), counting from 1, and at least 1. It is always a value of the data, never an
 * interpolation. From cells that were cut (b below 64) it comes with its rank error, the share of
 * the values in its cell; {@link #refine} starts the further pass that makes it exact.
 *
 * <p>NaN is counted and otherwise passed over; infinities are values; -0.0 counts as +0.0. Without
 * values a quantile is NaN.
 *
 * <p>State class: exact in further passes. Cells that were cut cannot subtract. Memory: 32 bytes a
 * cell, at most 4 MiB.
 */
public final class QuantileCells implements SubtractableState<QuantileCells> {
  /** No state has more cells than this. */
  public static final int MAX_CELLS = 1 << 17;

  private static final int STEP = 4;
  private static final int LEAST_BITS = 16;

  private final CellTable table;
  private int bits;
  private long nan;
  private @Nullable SortedCells sorted;

  private QuantileCells(CellTable table, int bits, long nan) {
    this.table = table;
    this.bits = bits;
    this.nan = nan;
  }

  /** Returns the state of no values. */
  public static QuantileCells empty() {
    return new QuantileCells(new CellTable(), Double.SIZE, 0);
  }

  /** Returns the state of the given values. */
  public static QuantileCells of(double... values) {
    QuantileCells cells = empty();
    cells.addAll(values, 0, values.length);
    return cells;
  }

  /**
   * Reads a state from its canonical bytes.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static QuantileCells fromBytes(byte[] bytes) {
    StateReader reader = new StateReader(StateKind.QUANTILE_CELLS, bytes);
    QuantileCells cells = read(reader);
    reader.finish();
    return cells;
  }

  static QuantileCells read(StateReader reader) {
    int bits = reader.readByte();
    reader.check(
        bits >= LEAST_BITS && bits <= Double.SIZE && bits % STEP == 0,
        "its cells have " + bits + " leading bits");
    QuantileCells state = new QuantileCells(new CellTable(), bits, reader.readCount());
    int size = reader.readSize(2);
    reader.check(size <= MAX_CELLS, "it has " + size + " cells");
    long least = OrderedDoubles.LEAST >>> (Double.SIZE - bits);
    long greatest = OrderedDoubles.GREATEST >>> (Double.SIZE - bits);
    long cell = 0;
    long total = state.nan;
    for (int i = 0; i < size; i++) {
      long step = reader.readNumber();
      long count = reader.readCount();
      reader.check(
          i == 0 || (step != 0 && Long.compareUnsigned(cell + step, cell) > 0),
          "its cells are out of order");
      cell += step;
      reader.check(
          Long.compareUnsigned(cell, least) >= 0 && Long.compareUnsigned(cell, greatest) <= 0,
          "a cell is no number");
      reader.check(bits < Double.SIZE || cell != OrderedDoubles.NEGATIVE_ZERO, "it holds -0.0");
      reader.check(count > 0 && count <= Long.MAX_VALUE - total, "a count is out of range");
      total += count;
      state.table.add(cell, count);
    }
    return state;
  }

  /** Adds a value. */
  public void add(double value) {
    sorted = null;
    if (Double.isNaN(value)) {
      nan++;
      return;
    }
    table.add(OrderedDoubles.key(value) >>> (Double.SIZE - bits), 1);
    cutToFit();
  }

  /** Adds the values of the range [from, to). */
  public void addAll(double[] values, int from, int to) {
    sorted = null;
    int next = from;
    while (next < to) {
      next = table.addAll(values, next, to, Double.SIZE - bits);
      cutToFit();
    }
    for (int i = from; i < to; i++) {
      nan += Double.isNaN(values[i]) ? 1 : 0;
    }
  }

  /**
   * Adds the values of the range [from, to) that are not null.
   *
   * @param nulls bit {@code i & 63} of {@code nulls[i >> 6]} is set where value i is null; null if
   *     none is
   */
  public void addAll(double[] values, long @Nullable [] nulls, int from, int to) {
    NonNull.forEachBlock(values, nulls, from, to, this::addAll);
  }

  private void cutTo(int fewer) {
    table.cut(bits - fewer);
    bits = fewer;
  }

  /**
   * Cuts until the cells are few enough: the first time often five steps at once, then mostly one.
   */
  private void cutToFit() {
    if (table.size() > MAX_CELLS && bits < Double.SIZE) {
      cutTo(bits - STEP);
    }
    if (table.size() > MAX_CELLS) {
      cutTo(bits - STEP * table.stepsTo(MAX_CELLS, STEP));
    }
  }

  @Override
  public void merge(QuantileCells other) {
    SortedCells more = other.sorted();
    sorted = null;
    nan = Math.addExact(nan, other.nan);
    int otherBits = other.bits;
    if (otherBits < bits) {
      cutTo(otherBits);
    }
    for (int i = 0; i < more.size(); i++) {
      table.add(more.cell(i) >>> (otherBits - bits), more.count(i));
      cutToFit();
    }
  }

  @Override
  public void subtract(QuantileCells other) {
    Optional<String> reason = whyNotSubtractable();
    if (reason.isPresent()) {
      throw CannotException.to("subtract quantile cells", reason.get());
    }
    Optional<SortedCells> rest = sorted().minus(other.sorted());
    if (other.bits != bits || other.nan > nan || rest.isEmpty()) {
      throw CannotException.to("subtract quantile cells", ValueCounts.NEVER_ADDED);
    }
    nan -= other.nan;
    sorted = rest.get();
    table.reset(rest.get());
  }

  @Override
  public QuantileCells copy() {
    return new QuantileCells(table.copy(), bits, nan);
  }

  /** Returns how many values were added that are not NaN. */
  public long count() {
    return sorted().total();
  }

  /** Returns how many NaN were added. */
  public long nanCount() {
    return nan;
  }

  /** Returns how many cells hold values. */
  public int cellCount() {
    return table.size();
  }

  /** Returns how many leading bits make a cell: 64 where every cell is one value. */
  public int leadingBits() {
    return bits;
  }

  /**
   * Returns the largest rank error of any quantile: the share of the values in the largest cut
   * cell; 0 if none is cut.
   */
  public double rankError() {
    SortedCells cells = sorted();
    long largest = 0;
    for (int i = 0; i < cells.size(); i++) {
      largest = Math.max(largest, cells.count(i));
    }
    return bits == Double.SIZE || largest == 0
        ? 0
        : ExactRatio.of(largest, cells.total()).toDouble();
  }

  /**
   * Returns the quantile of {@code p}.
   *
   * @throws InvalidInputException if p is not in [0, 1]
   */
  public Quantile quantile(double p) {
    return count() == 0 ? new Quantile(Double.NaN, 0) : atRank(rank(p, count()));
  }

  /**
   * Returns the value with the given rank, from 1 (the smallest) to {@link #count()}.
   *
   * @throws InvalidInputException if there is no such rank
   */
  public Quantile atRank(long rank) {
    requireRank(rank, count());
    SortedCells cells = sorted();
    int i = cells.find(rank);
    double error =
        bits == Double.SIZE ? 0 : ExactRatio.of(cells.count(i), cells.total()).toDouble();
    return new Quantile(OrderedDoubles.nearestToZero(cells.cell(i), bits), error);
  }

  /**
   * Returns the median: the middle value, or the mean of the two middle values, rounded once (as
   * scikit-learn's imputer and NumPy have it). NaN if there is none, and of both infinities.
   */
  public Quantile median() {
    long n = count();
    return n == 0 ? new Quantile(Double.NaN, 0) : between(atRank((n + 1) / 2), atRank(n / 2 + 1));
  }

  static Quantile between(Quantile low, Quantile high) {
    double value =
        low.value() == high.value() ? low.value() : ExactSum.of(low.value(), high.value()).mean();
    return new Quantile(value, Math.max(low.rankError(), high.rankError()));
  }

  /**
   * Starts the further pass that makes the quantiles of the given probabilities, and for 0.5 the
   * median, exact: it counts the values of the cut cells in which they lie, within the same number
   * of cells. Feed it with the same rows.
   *
   * @throws InvalidInputException if a probability is not in [0, 1]
   */
  public QuantileRefinement refine(double... probabilities) {
    return refineRanks(ranks(count(), probabilities));
  }

  /**
   * Starts the further pass that makes the values at the given ranks exact.
   *
   * @throws InvalidInputException if there is no such rank
   */
  public QuantileRefinement refineRanks(long... ranks) {
    for (long rank : ranks) {
      requireRank(rank, count());
    }
    return QuantileRefinement.of(sorted(), bits, ranks);
  }

  /** The rank {@code ceil(p * n)}, at least 1. */
  static long rank(double p, long n) {
    if (!(p >= 0 && p <= 1)) {
      throw InvalidInputException.of("quantile", p, "from 0 to 1");
    }
    return Math.min(n, Math.max(1, (long) Math.ceil(p * n)));
  }

  static long[] ranks(long n, double... probabilities) {
    long[] ranks = new long[2 * probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      long rank = rank(probabilities[i], n);
      ranks[2 * i] = rank;
      ranks[2 * i + 1] = probabilities[i] == 0.5 ? n / 2 + 1 : rank;
    }
    return n == 0 ? new long[0] : ranks;
  }

  static void requireRank(long rank, long n) {
    if (rank < 1 || rank > n) {
      throw InvalidInputException.of("rank", rank, "from 1 to " + n);
    }
  }

  SortedCells sorted() {
    SortedCells cells = sorted;
    if (cells == null) {
      cells = table.sorted();
      sorted = cells;
    }
    return cells;
  }

  @Override
  public byte[] canonicalBytes() {
    StateWriter writer = new StateWriter(StateKind.QUANTILE_CELLS, 16 + 6 * table.size());
    write(writer);
    return writer.toBytes();
  }

  void write(StateWriter writer) {
    SortedCells cells = sorted();
    writer.putByte(bits);
    writer.putNumber(nan);
    writer.putNumber(cells.size());
    long previous = 0;
    for (int i = 0; i < cells.size(); i++) {
      writer.putNumber(cells.cell(i) - previous);
      writer.putNumber(cells.count(i));
      previous = cells.cell(i);
    }
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT_IN_FURTHER_PASSES;
  }

  @Override
  public Optional<String> whyNotSubtractable() {
    return bits == Double.SIZE
        ? Optional.empty()
        : Optional.of("its cells were cut to " + bits + " bits, fewer rows might have finer ones");
  }
}
