package io.github.beamml.engine.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Randomness from data, not from place: 64-bit hashes of a seed and a row key that are the same on
 * every machine, and draws from them. Mixing is SplitMix64's finaliser (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", 2014; Stafford's variant 13).
 */
public final class StableHash {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Entry k is floor(2^63 * P(X <= k)) of the Poisson distribution with mean 1. */
  private static final long[] POISSON_1 = {
    0x2f16ac6c59de6f8dL,
    0x5e2d58d8b3bcdf1aL,
    0x75b8af0ee0ac16e1L,
    0x7d91cbcb9a512978L,
    0x7f8812fac8ba6e1eL,
    0x7fec879dd202af0cL,
    0x7ffd45b8fe396489L,
    0x7fffaa06048a59e4L,
    0x7ffff68fa5547890L,
    0x7fffff10b7320a31L,
    0x7fffffea6c2e98c1L,
    0x7ffffffe36d1315aL,
    0x7fffffffdd0968bcL,
    0x7ffffffffd83e326L,
    0x7fffffffffd5c752L,
    0x7ffffffffffd5f11L,
    0x7fffffffffffd88dL,
    0x7ffffffffffffdd0L,
    0x7fffffffffffffe2L,
    0x7ffffffffffffffeL,
  };

  /** The draw for the leading byte of a hash, or -1 where a threshold lies within that byte. */
  private static final byte[] POISSON_1_BY_LEADING_BYTE = poisson1ByLeadingByte();

  private StableHash() {}

  /**
   * A bijection of 64 bits under which every input bit changes each output bit about half the time.
   */
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The hash of a seed and one number. */
  public static long of(long seed, long value) {
    return mix(mix(seed + GOLDEN_GAMMA) + value * GOLDEN_GAMMA);
  }

  /** The hash of a seed and two numbers, in that order. */
  public static long of(long seed, long first, long second) {
    return of(of(seed, first), second);
  }

  /** The hash of a seed and the 32 bytes of a row key at {@code offset}. */
  public static long ofKey(long seed, byte[] keys, int offset) {
    long hash = mix(seed + GOLDEN_GAMMA);
    for (int word = 0; word < Sha256.BYTES; word += Long.BYTES) {
      hash = mix((hash ^ (long) WORD.get(keys, offset + word)) + GOLDEN_GAMMA);
    }
    return hash;
  }

  /** A number in [0, bound) from a hash; bound in [1, 2^31). */
  public static int below(int bound, long hash) {
    return (int) (((hash >>> 32) * bound) >>> 32);
  }

  /**
   * A draw from the Poisson distribution with mean 1, from 0 to 20: the bootstrap weight of a row.
   */
  public static int poisson1(long hash) {
    int draw = POISSON_1_BY_LEADING_BYTE[(int) (hash >>> 56)];
    return draw >= 0 ? draw : poisson1Exact(hash);
  }

  private static int poisson1Exact(long hash) {
    long uniform = hash >>> 1;
    int draw = 0;
    while (draw < POISSON_1.length && uniform >= POISSON_1[draw]) {
      draw++;
    }
    return draw;
  }

  private static byte[] poisson1ByLeadingByte() {
    byte[] draws = new byte[256];
    for (int leading = 0; leading < draws.length; leading++) {
      int least = poisson1Exact((long) leading << 56);
      int most = poisson1Exact(((long) leading << 56) | 0x00ffffffffffffffL);
      draws[leading] = (byte) (least == most ? least : -1);
    }
    return draws;
  }
}
