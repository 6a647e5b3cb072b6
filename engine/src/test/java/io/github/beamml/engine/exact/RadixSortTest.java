package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RadixSortTest {
  private static long[] reference(long[] keys) {
    return LongStream.of(keys)
        .boxed()
        .sorted(Long::compareUnsigned)
        .mapToLong(Long::longValue)
        .toArray();
  }

  @Test
  void keysOfAnyWidthAndNumberAscendAsUnsignedNumbers() {
    Random random = new Random(91);
    for (int size : new int[] {0, 1, 2, 255, 256, 257, 5000}) {
      for (int bits = 1; bits <= 64; bits += 7) {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
          keys[i] = random.nextLong() >>> (64 - bits) << random.nextInt(65 - bits);
        }
        long[] expected = reference(keys);
        assertThat(RadixSort.sort(keys)).isEqualTo(expected);
      }
    }
  }

  @Test
  void equalKeysStayAsTheyAre() {
    long[] keys = LongStream.generate(() -> -7).limit(1000).toArray();
    assertThat(RadixSort.sort(keys.clone())).isEqualTo(keys);
  }
}
