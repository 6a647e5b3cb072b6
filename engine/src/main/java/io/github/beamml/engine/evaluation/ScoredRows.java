package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a model has scored: margin, probability, label, row key and slice values. Immutable.
 *
 * <p>State class: gathered. The bootstrap looks at every row in every replicate, so the rows come
 * together on one worker: about 60 bytes each, at most {@value #MAX_ROWS}. {@link #concat} of parts
 * evaluates as the whole does, in any order. Without intervals {@link MetricCounts} needs no rows
 * at one place.
 */
public final class ScoredRows {
  /** More rows than this are refused: about 4 GB. */
  public static final int MAX_ROWS = 67_000_000;

  private final double[] margins;
  private final double[] probabilities;
  private final byte[] labels;
  private final byte[] keys;
  private final List<SliceColumn> slices;

  private ScoredRows(
      double[] margins,
      double[] probabilities,
      byte[] labels,
      byte[] keys,
      List<SliceColumn> slices) {
    this.margins = margins;
    this.probabilities = probabilities;
    this.labels = labels;
    this.keys = keys;
    this.slices = List.copyOf(slices);
  }

  /**
   * Rows from arrays, which the caller must not change any more.
   *
   * @param margins any doubles that grow with the probability; infinities are allowed
   * @param probabilities of label 1
   * @param labels 0 or 1
   * @param keys 32 bytes a row
   * @throws InvalidInputException if a margin is NaN, a probability is not within [0, 1], a label
   *     neither 0 nor 1, or the arrays differ in length
   */
  public static ScoredRows of(
      double[] margins,
      double[] probabilities,
      byte[] labels,
      byte[] keys,
      List<SliceColumn> slices) {
    int rows = margins.length;
    checkLength("probabilities", probabilities.length, rows);
    checkLength("labels", labels.length, rows);
    checkLength("row keys", keys.length, (long) rows * Sha256.BYTES);
    slices.forEach(slice -> checkLength("slice " + slice.by(), slice.size(), rows));
    if (rows > MAX_ROWS) {
      throw InvalidInputException.of(
          "rows to evaluate", Figures.count(rows), "at most " + Figures.count(MAX_ROWS));
    }
    for (int row = 0; row < rows; row++) {
      checkRow(margins[row], probabilities[row]);
      checkLabel(labels[row]);
    }
    return new ScoredRows(margins, probabilities, labels, keys, slices);
  }

  /**
   * The rows of scored batches' columns.
   *
   * @param label booleans, or integers 0 and 1
   * @param keys 32 bytes a row, such as {@link io.github.beamml.engine.row.Field#ROW_KEY}
   * @throws InvalidInputException as {@link #of(double[], double[], byte[], byte[], List)}, and if
   *     a value is null
   */
  public static ScoredRows of(
      DoubleColumn margins,
      DoubleColumn probabilities,
      LongColumn label,
      BytesColumn keys,
      List<SliceColumn> slices) {
    checkPresent("margin", margins);
    checkPresent("probability", probabilities);
    checkPresent("label", label);
    checkPresent("row key", keys);
    byte[] labels = new byte[label.size()];
    byte[] keyBytes = new byte[Math.multiplyExact(label.size(), Sha256.BYTES)];
    for (int row = 0; row < labels.length; row++) {
      checkLabel(label.get(row));
      labels[row] = (byte) label.get(row);
      checkKey(keys.length(row));
      System.arraycopy(keys.bytes(), keys.offset(row), keyBytes, row * Sha256.BYTES, Sha256.BYTES);
    }
    return of(margins.values(), probabilities.values(), labels, keyBytes, slices);
  }

  /** A builder of rows that are sliced by these columns. */
  public static Builder sliced(List<String> by) {
    return new Builder(by);
  }

  /**
   * All rows of the parts.
   *
   * @throws InvalidInputException if there is no part, or they are not sliced by the same columns
   */
  public static ScoredRows concat(List<ScoredRows> parts) {
    if (parts.isEmpty()) {
      throw InvalidInputException.of("parts", "none", "at least one");
    }
    Builder all = sliced(parts.get(0).slicedBy());
    parts.forEach(all::addAll);
    return all.build();
  }

  public int size() {
    return margins.length;
  }

  public double margin(int row) {
    return margins[row];
  }

  public double probability(int row) {
    return probabilities[row];
  }

  public boolean isPositive(int row) {
    return labels[row] == 1;
  }

  public List<SliceColumn> slices() {
    return slices;
  }

  List<String> slicedBy() {
    return slices.stream().map(SliceColumn::by).toList();
  }

  public long positives() {
    long positives = 0;
    for (byte label : labels) {
      positives += label;
    }
    return positives;
  }

  /** All row keys, 32 bytes each; not to be changed. */
  byte[] keys() {
    return keys;
  }

  /**
   * The same rows as a model sees them that gives every row the same probability.
   *
   * @param probability such as the label rate of the training rows
   * @throws InvalidInputException if it is not within [0, 1]
   */
  public ScoredRows withConstant(double probability) {
    double[] constant = new double[size()];
    Arrays.fill(constant, probability);
    return of(constant, constant, labels, keys, slices);
  }

  /**
   * What rows these are, whatever any model says of them: SHA-256 of their number and the sum
   * modulo 2^256 of SHA-256 of (key, label). Two evaluations with the same rows can be compared.
   */
  public Digest identity() {
    Sha256 sha256 = new Sha256();
    byte[] row = new byte[Sha256.BYTES + 1];
    byte[] hash = new byte[Sha256.BYTES];
    long[] words = new long[Sha256.BYTES / Integer.BYTES];
    ByteBuffer ints = ByteBuffer.wrap(hash);
    for (int i = 0; i < size(); i++) {
      System.arraycopy(keys, i * Sha256.BYTES, row, 0, Sha256.BYTES);
      row[Sha256.BYTES] = labels[i];
      sha256.update(row, 0, row.length).finishInto(hash, 0);
      for (int word = 0; word < words.length; word++) {
        words[word] += Integer.toUnsignedLong(ints.getInt(word * Integer.BYTES));
      }
    }
    ByteBuffer sum = ByteBuffer.allocate(Long.BYTES + Sha256.BYTES).putLong(size());
    return Digest.of(sum.put(low256(words)).array());
  }

  private static byte[] low256(long[] words) {
    BigInteger sum = BigInteger.ZERO;
    for (long word : words) {
      sum = sum.shiftLeft(Integer.SIZE).add(BigInteger.valueOf(word));
    }
    byte[] all = sum.toByteArray();
    byte[] low = new byte[Sha256.BYTES];
    int length = Math.min(all.length, low.length);
    System.arraycopy(all, all.length - length, low, low.length - length, length);
    return low;
  }

  private static void checkPresent(String what, Column column) {
    if (column.hasNulls()) {
      throw InvalidInputException.of(
          what, "null in " + Figures.count(column.nullCount()) + " rows", "there in every row");
    }
  }

  private static void checkLength(String what, long length, long expected) {
    if (length != expected) {
      throw InvalidInputException.of(what, length, "as many as the rows: " + expected);
    }
  }

  static void checkRow(double margin, double probability) {
    if (Double.isNaN(margin)) {
      throw InvalidInputException.of("margin", "NaN", "a number");
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw InvalidInputException.of("probability", probability, "between 0 and 1");
    }
  }

  private static void checkKey(int length) {
    if (length != Sha256.BYTES) {
      throw InvalidInputException.of("row key", length + " bytes", Sha256.BYTES + " bytes");
    }
  }

  private static void checkLabel(long label) {
    if (label != 0 && label != 1) {
      throw InvalidInputException.of("label", label, "0 or 1");
    }
  }

  /** Gathers rows one by one. For one thread. */
  public static final class Builder {
    private final List<String> by;
    private final List<Map<String, Integer>> dictionaries = new ArrayList<>();
    private double[] margins = new double[16];
    private double[] probabilities = new double[16];
    private byte[] labels = new byte[16];
    private byte[] keys = new byte[16 * Sha256.BYTES];
    private final List<int[]> codes = new ArrayList<>();
    private int size;

    private Builder(List<String> by) {
      this.by = List.copyOf(by);
      for (int i = 0; i < by.size(); i++) {
        dictionaries.add(new HashMap<>());
        codes.add(new int[16]);
      }
    }

    /**
     * Adds a row.
     *
     * @param key 32 bytes
     * @param values one for each slice column; null is null
     * @throws InvalidInputException as {@link ScoredRows#of}
     */
    public Builder add(
        double margin,
        double probability,
        boolean positive,
        byte[] key,
        @Nullable String... values) {
      checkKey(key.length);
      if (values.length != by.size()) {
        throw InvalidInputException.of("slice values", values.length, "one for each of " + by);
      }
      addRow(margin, probability, positive ? (byte) 1 : 0, key, 0);
      for (int i = 0; i < values.length; i++) {
        codes.get(i)[size - 1] = code(i, values[i]);
      }
      return this;
    }

    /**
     * Adds all rows of a part.
     *
     * @throws InvalidInputException if it is not sliced by the same columns
     */
    public Builder addAll(ScoredRows part) {
      if (!part.slicedBy().equals(by)) {
        throw InvalidInputException.of("slices", part.slicedBy(), "the same in all parts: " + by);
      }
      int first = size;
      for (int row = 0; row < part.size(); row++) {
        addRow(
            part.margins[row],
            part.probabilities[row],
            part.labels[row],
            part.keys,
            row * Sha256.BYTES);
      }
      for (int i = 0; i < by.size(); i++) {
        SliceColumn slice = part.slices.get(i);
        int column = i;
        int[] translated = slice.values().stream().mapToInt(v -> code(column, v)).toArray();
        for (int row = 0; row < part.size(); row++) {
          int code = slice.code(row);
          codes.get(i)[first + row] = code < 0 ? -1 : translated[code];
        }
      }
      return this;
    }

    public ScoredRows build() {
      List<SliceColumn> slices = IntStream.range(0, by.size()).mapToObj(this::column).toList();
      return new ScoredRows(
          Arrays.copyOf(margins, size),
          Arrays.copyOf(probabilities, size),
          Arrays.copyOf(labels, size),
          Arrays.copyOf(keys, size * Sha256.BYTES),
          slices);
    }

    private void addRow(double margin, double probability, byte label, byte[] key, int offset) {
      checkRow(margin, probability);
      if (size == margins.length) {
        grow();
      }
      margins[size] = margin;
      probabilities[size] = probability;
      labels[size] = label;
      System.arraycopy(key, offset, keys, size * Sha256.BYTES, Sha256.BYTES);
      size++;
    }

    private void grow() {
      if (size == MAX_ROWS) {
        throw InvalidInputException.of(
            "rows to evaluate", "more than " + Figures.count(size), "at most that many");
      }
      int capacity = (int) Math.min(2L * size, MAX_ROWS);
      margins = Arrays.copyOf(margins, capacity);
      probabilities = Arrays.copyOf(probabilities, capacity);
      labels = Arrays.copyOf(labels, capacity);
      keys = Arrays.copyOf(keys, Math.multiplyExact(capacity, Sha256.BYTES));
      codes.replaceAll(column -> Arrays.copyOf(column, capacity));
    }

    private int code(int column, @Nullable String value) {
      if (value == null) {
        return -1;
      }
      Map<String, Integer> dictionary = dictionaries.get(column);
      return dictionary.computeIfAbsent(value, v -> dictionary.size());
    }

    private SliceColumn column(int i) {
      String[] values = new String[dictionaries.get(i).size()];
      dictionaries.get(i).forEach((value, code) -> values[code] = value);
      return SliceColumn.of(by.get(i), List.of(values), Arrays.copyOf(codes.get(i), size));
    }
  }
}
