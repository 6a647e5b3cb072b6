package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The further pass of {@link QuantileCells}: counts, value by value where possible, what lies in
 * the cells that hold the wanted ranks. It is fed with the same rows as the first pass and ignores
 * all others. If even these cells hold more than {@link QuantileCells#MAX_CELLS} distinct values,
 * {@link #refine()} starts the next pass: two passes do in practice.
 *
 * <p>State class: exact in further passes. It cannot subtract: its cells belong to the ranks of one
 * first pass.
 */
public final class QuantileRefinement implements MergeableState<QuantileRefinement> {
  private static final int FILTER_BITS = 12;

  private final long total;
  private final long[] ranks;
  private final int bits;
  private final long[] targets;
  private final long[] before;
  private final long[] counts;
  private final QuantileCells cells;

  /** By a hash of a cell: false where no wanted cell has it, so that most values need no search. */
  private final boolean[] maybeWanted = new boolean[1 << FILTER_BITS];

  private QuantileRefinement(
      long total,
      long[] ranks,
      int bits,
      long[] targets,
      long[] before,
      long[] counts,
      QuantileCells cells) {
    this.total = total;
    this.ranks = ranks;
    this.bits = bits;
    this.targets = targets;
    this.before = before;
    this.counts = counts;
    this.cells = cells;
    for (long target : targets) {
      maybeWanted[filter(target)] = true;
    }
  }

  private static int filter(long cell) {
    return (int) ((cell * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
  }

  static QuantileRefinement of(SortedCells first, int bits, long[] ranks) {
    long[] wanted = LongStream.of(ranks).sorted().distinct().toArray();
    int[] found = LongStream.of(wanted).mapToInt(first::find).distinct().toArray();
    return new QuantileRefinement(
        first.total(),
        wanted,
        bits,
        Arrays.stream(found).mapToLong(first::cell).toArray(),
        Arrays.stream(found).mapToLong(first::before).toArray(),
        Arrays.stream(found).mapToLong(first::count).toArray(),
        QuantileCells.empty());
  }

  /**
   * Reads a state from its canonical bytes.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static QuantileRefinement fromBytes(byte[] bytes) {
    StateReader reader = new StateReader(StateKind.QUANTILE_REFINEMENT, bytes);
    long total = reader.readCount();
    long[] ranks = new long[reader.readSize(1)];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = reader.readCount();
      reader.check(
          ranks[i] > (i == 0 ? 0 : ranks[i - 1]) && ranks[i] <= total,
          "its ranks are out of order");
    }
    int bits = reader.readByte();
    reader.check(bits >= 1 && bits <= Double.SIZE, "its cells have " + bits + " leading bits");
    int size = reader.readSize(3);
    long[][] parts = new long[3][size];
    for (int i = 0; i < size; i++) {
      parts[0][i] = reader.readNumber();
      parts[1][i] = reader.readCount();
      parts[2][i] = reader.readCount();
      boolean ascends = i == 0 || Long.compareUnsigned(parts[0][i], parts[0][i - 1]) > 0;
      long least = i == 0 ? 0 : parts[1][i - 1] + parts[2][i - 1];
      reader.check(ascends && parts[1][i] >= least, "its cells are out of order");
      reader.check(
          parts[2][i] > 0 && parts[2][i] <= total - parts[1][i], "a count is out of range");
    }
    QuantileCells cells = QuantileCells.read(reader);
    reader.finish();
    QuantileRefinement state =
        new QuantileRefinement(total, ranks, bits, parts[0], parts[1], parts[2], cells);
    for (long rank : ranks) {
      reader.check(state.innerRank(rank) > 0, "a rank lies outside its cells");
    }
    return state;
  }

  /** Adds a value: counted if it lies in one of the cells, else ignored. */
  public void add(double value) {
    if (isWanted(value)) {
      cells.add(value);
    }
  }

  /** Adds the values of the range [from, to). */
  public void addAll(double[] values, int from, int to) {
    addAll(values, null, from, to);
  }

  /**
   * Adds the values of the range [from, to) that are not null.
   *
   * @param nulls bit {@code i & 63} of {@code nulls[i >> 6]} is set where value i is null; null if
   *     none is
   */
  public void addAll(double[] values, long @Nullable [] nulls, int from, int to) {
    double[] wanted = new double[Math.min(Superaccumulator.BLOCK, Math.max(0, to - from))];
    for (int start = from; start < to; start += wanted.length) {
      int size = 0;
      for (int i = start; i < Math.min(to, start + wanted.length); i++) {
        if (isWanted(values[i]) && (nulls == null || !NonNull.isNull(nulls, i))) {
          wanted[size++] = values[i];
        }
      }
      cells.addAll(wanted, 0, size);
    }
  }

  private boolean isWanted(double value) {
    long cell = OrderedDoubles.key(value) >>> (Double.SIZE - bits);
    return maybeWanted[filter(cell)] && !Double.isNaN(value) && target(cell) >= 0;
  }

  private int target(long cell) {
    int low = 0;
    int high = targets.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(targets[middle], cell);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public void merge(QuantileRefinement other) {
    boolean same =
        total == other.total
            && bits == other.bits
            && Arrays.equals(ranks, other.ranks)
            && Arrays.equals(targets, other.targets)
            && Arrays.equals(counts, other.counts)
            && Arrays.equals(before, other.before);
    if (!same) {
      throw CannotException.to(
          "merge quantile refinement", "the two come from different first passes");
    }
    cells.merge(other.cells);
  }

  @Override
  public QuantileRefinement copy() {
    return new QuantileRefinement(total, ranks, bits, targets, before, counts, cells.copy());
  }

  /** Returns how many values the first pass counted. */
  public long count() {
    return total;
  }

  /**
   * Returns the largest rank error of the wanted quantiles; 0 when this pass has made them exact.
   */
  public double rankError() {
    double largest = 0;
    for (long rank : ranks) {
      largest = Math.max(largest, atRank(rank).rankError());
    }
    return largest;
  }

  /**
   * Returns the quantile of {@code p}, by the definition of {@link QuantileCells}.
   *
   * @throws InvalidInputException if p is not in [0, 1], or its cell was not refined
   * @throws CannotException if this pass has not seen all rows of the first
   */
  public Quantile quantile(double p) {
    long rank = QuantileCells.rank(p, total);
    return total == 0 ? new Quantile(Double.NaN, 0) : atRank(rank);
  }

  /**
   * Returns the median, by the definition of {@link QuantileCells#median()}.
   *
   * @throws InvalidInputException if its cells were not refined
   * @throws CannotException if this pass has not seen all rows of the first
   */
  public Quantile median() {
    return total == 0
        ? new Quantile(Double.NaN, 0)
        : QuantileCells.between(atRank((total + 1) / 2), atRank(total / 2 + 1));
  }

  /**
   * Returns the value with the given rank.
   *
   * @throws InvalidInputException if there is no such rank, or its cell was not refined
   * @throws CannotException if this pass has not seen all rows of the first
   */
  public Quantile atRank(long rank) {
    QuantileCells.requireRank(rank, total);
    long inner = innerRank(rank);
    if (inner == 0) {
      throw InvalidInputException.of("rank", rank, "in a cell that this pass refines");
    }
    SortedCells found = complete();
    int i = found.find(inner);
    double error =
        cells.leadingBits() == Double.SIZE ? 0 : ExactRatio.of(found.count(i), total).toDouble();
    return new Quantile(OrderedDoubles.nearestToZero(found.cell(i), cells.leadingBits()), error);
  }

  /**
   * Starts the next pass for the same ranks, where {@link #rankError()} is not 0 yet.
   *
   * @throws CannotException if this pass has not seen all rows of the first
   */
  public QuantileRefinement refine() {
    SortedCells found = complete();
    long[] inner = LongStream.of(ranks).map(this::innerRank).toArray();
    QuantileRefinement next = of(found, cells.leadingBits(), inner);
    long[] outerBefore = next.before.clone();
    for (int i = 0; i < outerBefore.length; i++) {
      outerBefore[i] += outer(outerBefore[i] + 1);
    }
    return new QuantileRefinement(
        total, ranks, next.bits, next.targets, outerBefore, next.counts, QuantileCells.empty());
  }

  private SortedCells complete() {
    SortedCells found = cells.sorted();
    long expected = LongStream.of(counts).sum();
    if (found.total() != expected) {
      throw CannotException.to(
          "refine quantiles",
          "this pass saw "
              + found.total()
              + " values in cells that held "
              + expected
              + " in the pass before");
    }
    return found;
  }

  /** The rank among the values of the refined cells alone; 0 if the value lies outside them. */
  private long innerRank(long rank) {
    long inside = 0;
    for (int i = 0; i < targets.length; i++) {
      if (rank > before[i] && rank <= before[i] + counts[i]) {
        return inside + rank - before[i];
      }
      inside += counts[i];
    }
    return 0;
  }

  /**
   * How many values outside the refined cells lie below the value with the given rank inside them.
   */
  private long outer(long innerRank) {
    long inside = 0;
    for (int i = 0; i < targets.length; i++) {
      if (innerRank <= inside + counts[i]) {
        return before[i] - inside;
      }
      inside += counts[i];
    }
    throw new IllegalStateException("no rank " + innerRank + " in " + inside + " values");
  }

  @Override
  public byte[] canonicalBytes() {
    StateWriter writer = new StateWriter(StateKind.QUANTILE_REFINEMENT, 64);
    writer.putNumber(total);
    writer.putNumber(ranks.length);
    for (long rank : ranks) {
      writer.putNumber(rank);
    }
    writer.putByte(bits);
    writer.putNumber(targets.length);
    for (int i = 0; i < targets.length; i++) {
      writer.putNumber(targets[i]);
      writer.putNumber(before[i]);
      writer.putNumber(counts[i]);
    }
    cells.write(writer);
    return writer.toBytes();
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT_IN_FURTHER_PASSES;
  }

  @Override
  public Optional<String> whyNotSubtractable() {
    return Optional.of("its cells belong to the ranks of one first pass");
  }
}
