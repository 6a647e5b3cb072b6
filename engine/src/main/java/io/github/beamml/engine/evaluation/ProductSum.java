package io.github.beamml.engine.evaluation;

import java.math.BigInteger;

/** An exact sum of products of counts, which are not negative: 2^62 times high, plus low. */
final class ProductSum {
  private static final int LOW_BITS = 62;
  private static final long LOW = (1L << LOW_BITS) - 1;

  private BigInteger large = BigInteger.ZERO;
  private long high;
  private long low;

  void add(long a, long b) {
    if ((a | b) >>> 31 == 0) {
      low += a * b; // below 2^63
      high += low >>> LOW_BITS;
      low &= LOW;
    } else {
      large = large.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
    }
  }

  BigInteger value() {
    return BigInteger.valueOf(high).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low)).add(large);
  }
}
