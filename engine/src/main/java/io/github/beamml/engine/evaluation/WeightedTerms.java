package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.exact.ExactSum;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Terms of rows, to be summed exactly again and again with other small integer weights. Each term
 * is split once into three integers in units of 2^-{@value #SCALE}; what is finer, which only terms
 * below 2^-39 have, goes through an {@link ExactSum}. A sum then takes three multiplications a row,
 * a tenth of what adding doubles exactly takes.
 */
final class WeightedTerms {
  private static final int SCALE = 92;

  /** Terms are below this: the clipped log loss is at most 36.1. */
  private static final double LIMIT = 64;

  private final long[] high;
  private final int[] middle;
  private final int[] low;
  private final int[] finePositions;
  private final double[] fine;

  /**
   * @param terms at least 0 and below 64
   */
  WeightedTerms(double[] terms) {
    high = new long[terms.length];
    middle = new int[terms.length];
    low = new int[terms.length];
    double[] rests = new double[terms.length];
    for (int at = 0; at < terms.length; at++) {
      rests[at] = split(at, terms[at]);
    }
    finePositions = IntStream.range(0, rests.length).filter(at -> rests[at] != 0).toArray();
    fine = Arrays.stream(rests).filter(rest -> rest != 0).toArray();
  }

  /** Returns what is finer. Every step is exact: powers of two, and leading bits dropped. */
  private double split(int at, double term) {
    if (!(term >= 0 && term < LIMIT)) {
      throw new IllegalArgumentException("a term is out of range, at " + at);
    }
    double rest = term * 0x1p28;
    high[at] = (long) rest;
    rest = (rest - high[at]) * 0x1p32;
    long digit = (long) rest;
    middle[at] = (int) digit;
    rest = (rest - digit) * 0x1p32;
    digit = (long) rest;
    low[at] = (int) digit;
    return (rest - digit) * 0x1p-92;
  }

  /**
   * The sum of the terms in [from, to), each as often as its weight says, in units of 2^-{@link
   * ExactSum#SCALE}. Weights of 2^29 together are surely not too much; more than 2^29.8 of the
   * largest term would be, and fail.
   */
  BigInteger sum(byte[] weights, int from, int to) {
    long highs = 0;
    long middles = 0;
    long lows = 0;
    for (int start = from; start < to; start += 1 << 16) {
      int end = Math.min(to, start + (1 << 16));
      long blockHighs = 0;
      for (int at = start; at < end; at++) {
        long weight = weights[at];
        blockHighs += weight * high[at];
        middles += weight * (middle[at] & 0xFFFFFFFFL);
        lows += weight * (low[at] & 0xFFFFFFFFL);
      }
      middles += lows >>> 32;
      lows &= 0xFFFFFFFFL;
      highs = Math.addExact(highs, blockHighs + (middles >>> 32));
      middles &= 0xFFFFFFFFL;
    }
    return BigInteger.valueOf(highs)
        .shiftLeft(32)
        .add(BigInteger.valueOf(middles))
        .shiftLeft(32)
        .add(BigInteger.valueOf(lows))
        .shiftLeft(ExactSum.SCALE - SCALE)
        .add(fineSum(weights, from, to));
  }

  private BigInteger fineSum(byte[] weights, int from, int to) {
    int first = Arrays.binarySearch(finePositions, from);
    ExactSum sum = ExactSum.empty();
    for (int i = first < 0 ? -first - 1 : first; i < fine.length && finePositions[i] < to; i++) {
      sum.add(fine[i], weights[finePositions[i]]);
    }
    return sum.unscaled();
  }
}
