package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of products {@code x * y} of doubles, rounded once when it is read: for squares,
 * weighted sums and covariances. No product is rounded, and none overflows or underflows: {@code
 * 1e300 * 1e300 - 1e300 * 1e300 + 1e-300 * 1e-300} keeps its last term.
 *
 * <p>A product that is NaN or infinite by the rules of IEEE 754 (infinity times zero is NaN) is
 * counted beside the digits: a NaN or both infinities make the sum NaN, one infinity makes it that
 * infinity. An empty sum is +0.0, and a zero is always +0.0.
 *
 * <p>State class: exact. Cost: 1,104 bytes; about 6 ns a product in {@code addAll}, the same for
 * every input.
 */
public final class ExactProductSum implements SubtractableState<ExactProductSum> {
  /** {@link #unscaled()} counts units of 2^-2148. */
  public static final int SCALE = 2148;

  private final Superaccumulator digits;
  private final ValueCounts counts;

  private ExactProductSum(Superaccumulator digits, ValueCounts counts) {
    this.digits = digits;
    this.counts = counts;
  }

  /** Returns a sum of nothing: 0.0. */
  public static ExactProductSum empty() {
    return new ExactProductSum(
        new Superaccumulator(Superaccumulator.PRODUCT_DIGITS), new ValueCounts());
  }

  /**
   * Reads a state from its canonical bytes.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static ExactProductSum fromBytes(byte[] bytes) {
    StateReader reader = new StateReader(StateKind.EXACT_PRODUCT_SUM, bytes);
    ValueCounts counts = ValueCounts.read(reader);
    Superaccumulator digits = Superaccumulator.read(reader, Superaccumulator.PRODUCT_DIGITS);
    reader.check(counts.finite() > 0 || digits.isZero(), "it has digits but no finite value");
    reader.finish();
    return new ExactProductSum(digits, counts);
  }

  /** Adds the product {@code x * y}. */
  public void add(double x, double y) {
    if (Double.isFinite(x) && Double.isFinite(y)) {
      digits.addProduct(x, y);
      counts.addFinite(1);
    } else {
      counts.addNotFinite(x * y, 1);
    }
  }

  /** Adds the products {@code x[i] * y[i]} of the range [from, to). */
  public void addAll(double[] x, double[] y, int from, int to) {
    for (int start = from; start < to; start += Superaccumulator.BLOCK) {
      int end = Math.min(to, start + Superaccumulator.BLOCK);
      counts.addProducts(x, y, start, end, digits.addProducts(x, y, start, end));
    }
  }

  /**
   * Adds the products {@code x[i] * y[i]} of the range [from, to) where neither is null.
   *
   * @param xNulls bit {@code i & 63} of {@code xNulls[i >> 6]} is set where x[i] is null; null if
   *     none is
   * @param yNulls the same for y
   */
  public void addAll(
      double[] x,
      long @Nullable [] xNulls,
      double[] y,
      long @Nullable [] yNulls,
      int from,
      int to) {
    if (xNulls == null && yNulls == null) {
      addAll(x, y, from, to);
      return;
    }
    int capacity = Math.min(Superaccumulator.BLOCK, Math.max(0, to - from));
    double[] xPresent = new double[capacity];
    double[] yPresent = new double[capacity];
    for (int start = from; start < to; start += capacity) {
      int size = 0;
      for (int i = start; i < Math.min(to, start + capacity); i++) {
        xPresent[size] = x[i];
        yPresent[size] = y[i];
        long xNull = xNulls == null ? 0 : xNulls[i >>> 6] >>> i;
        long yNull = yNulls == null ? 0 : yNulls[i >>> 6] >>> i;
        size += (int) (~(xNull | yNull) & 1);
      }
      addAll(xPresent, yPresent, 0, size);
    }
  }

  @Override
  public void merge(ExactProductSum other) {
    counts.merge(other.counts);
    digits.merge(other.digits);
  }

  @Override
  public void subtract(ExactProductSum other) {
    counts.subtract(other.counts, StateKind.EXACT_PRODUCT_SUM);
    digits.subtract(other.digits);
    if (counts.finite() == 0 && !digits.isZero()) {
      merge(other);
      throw CannotException.to(
          "subtract " + StateKind.EXACT_PRODUCT_SUM.title(), ValueCounts.NEVER_ADDED);
    }
  }

  @Override
  public ExactProductSum copy() {
    return new ExactProductSum(digits.copy(), counts.copy());
  }

  /** Returns how many products were added, NaN and infinities included. */
  public long count() {
    return counts.all();
  }

  boolean allFinite() {
    return counts.allFinite();
  }

  /** Returns the correctly rounded sum of the products. */
  public double toDouble() {
    return counts.sum(digits, SCALE);
  }

  /** Returns the exact sum of the finite products in units of 2^-{@value #SCALE}. */
  public BigInteger unscaled() {
    return digits.unscaled();
  }

  @Override
  public byte[] canonicalBytes() {
    StateWriter writer = new StateWriter(StateKind.EXACT_PRODUCT_SUM, 48);
    counts.write(writer);
    digits.write(writer);
    return writer.toBytes();
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT;
  }
}
