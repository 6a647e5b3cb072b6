package io.github.beamml.engine.exact;

import java.util.Arrays;

/**
 * Sorts unsigned 64-bit integers, byte by byte from the lowest; bytes that are the same everywhere
 * cost nothing.
 */
final class RadixSort {
  private static final int SMALL = 256;

  private RadixSort() {}

  /** Sorts the keys, in place or into another array, and returns the sorted one. */
  static long[] sort(long[] keys) {
    if (keys.length < SMALL) {
      return sortSmall(keys);
    }
    long different = 0;
    for (long key : keys) {
      different |= key ^ keys[0];
    }
    long[] from = keys;
    long[] to = new long[keys.length];
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if (((different >>> shift) & 0xFF) != 0) {
        sortByte(from, to, shift);
        long[] sorted = to;
        to = from;
        from = sorted;
      }
    }
    return from;
  }

  private static void sortByte(long[] from, long[] to, int shift) {
    int[] starts = new int[257];
    for (long key : from) {
      starts[((int) (key >>> shift) & 0xFF) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    for (long key : from) {
      to[starts[(int) (key >>> shift) & 0xFF]++] = key;
    }
  }

  private static long[] sortSmall(long[] keys) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] ^= Long.MIN_VALUE; // Arrays.sort is signed
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      keys[i] ^= Long.MIN_VALUE;
    }
    return keys;
  }
}
