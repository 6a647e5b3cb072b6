package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.hash.Hex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TermCountsTest extends MergeableStateContract<TermCounts, String> {
  private static final String[] ODD = {
    "", "a", "b", "ab", "\u00e9", "\uffff", "\ud83d\ude00", "Aa", "BB", "\u0000", "\ue000"
  };

  @Override
  TermCounts empty() {
    return TermCounts.empty();
  }

  @Override
  void add(TermCounts state, String value) {
    state.add(value);
  }

  @Override
  String randomValue(Random random) {
    return random.nextInt(3) == 0 ? "term" + random.nextInt(40) : ODD[random.nextInt(ODD.length)];
  }

  @Override
  TermCounts read(byte[] bytes) {
    return TermCounts.fromBytes(bytes);
  }

  @Override
  String title() {
    return "term counts";
  }

  @Test
  void termsComeByCountThenByUtf8Bytes() {
    TermCounts counts = TermCounts.of("b", "\ud83d\ude00", "\uffff", "c", "a", "c", "");
    assertThat(counts.byCount())
        .containsExactly(
            new TermCount("c", 2),
            new TermCount("", 1),
            new TermCount("a", 1),
            new TermCount("b", 1),
            new TermCount("\uffff", 1),
            new TermCount("\ud83d\ude00", 1));
    assertThat(counts.size()).isEqualTo(6);
    assertThat(counts.total()).isEqualTo(7);
    assertThat(counts.count("c")).isEqualTo(2);
    assertThat(counts.count("d")).isZero();
  }

  @Test
  void selectionTakesALeastCountAndALimit() {
    TermCounts counts = TermCounts.of("a", "b", "b", "c", "c", "c", "d", "d");
    assertThat(counts.select(2, 10))
        .containsExactly(new TermCount("c", 3), new TermCount("b", 2), new TermCount("d", 2));
    assertThat(counts.select(1, 2)).containsExactly(new TermCount("c", 3), new TermCount("b", 2));
    assertThat(counts.select(3, 3)).containsExactly(new TermCount("c", 3));
    assertThat(counts.select(1, 0)).isEmpty();
    assertThatThrownBy(() -> counts.select(1, -1))
        .hasMessage("Invalid limit: -1 (must be at least 0)");
  }

  @Test
  void everyLimitGivesTheBeginningOfTheWholeOrder() {
    Random random = new Random(81);
    TermCounts counts = TermCounts.empty();
    for (int i = 0; i < 3000; i++) {
      counts.add("term" + random.nextInt(1 + random.nextInt(400)));
    }
    List<TermCount> all = counts.byCount();
    for (int limit = 0; limit <= all.size(); limit += 7) {
      assertThat(counts.select(1, limit)).isEqualTo(all.subList(0, limit));
    }
    List<TermCount> expected = new ArrayList<>(all);
    expected.sort(
        Comparator.comparingLong((TermCount t) -> -t.count()).thenComparing(TermCount::term));
    assertThat(all).isEqualTo(expected);
  }

  @Test
  void dictionaryCodesCountLikeTheirTerms() {
    TermCounts counts = TermCounts.empty();
    counts.addAll(
        new String[] {"x", "y", "unused"}, new int[] {0, 1, 1, 0, 2}, new long[] {0b10001}, 0, 5);
    assertThat(counts.canonicalBytes()).isEqualTo(TermCounts.of("x", "y", "y").canonicalBytes());
    TermCounts plain = TermCounts.empty();
    plain.addAll(new String[] {"x", "y"}, new int[] {0, 1, 1}, null, 1, 3);
    assertThat(plain.byCount()).containsExactly(new TermCount("y", 2));
    TermCounts strings = TermCounts.empty();
    strings.addAll(new String[] {"x", null, "y", "y"}, 0, 4);
    assertThat(strings.canonicalBytes()).isEqualTo(counts.canonicalBytes());
  }

  @Test
  void manyTermsStaySortedAndMergeable() {
    TermCounts even = TermCounts.empty();
    TermCounts odd = TermCounts.empty();
    TermCounts all = TermCounts.empty();
    for (int i = 0; i < 100_000; i++) {
      String term = "term-" + Integer.toString(i, 36);
      (i % 2 == 0 ? even : odd).add(term, 1 + i % 7);
      all.add(term, 1 + i % 7);
    }
    even.merge(odd);
    assertThat(even.canonicalBytes()).isEqualTo(all.canonicalBytes());
    even.subtract(odd);
    assertThat(even.size()).isEqualTo(50_000);
  }

  @Test
  void loneSurrogatesAreRefused() {
    assertThatThrownBy(() -> TermCounts.of("\ud83d"))
        .hasMessageEndingWith("(must be text without lone surrogates)");
  }

  @Test
  void subtractingMoreThanThereIsIsRefusedAndChangesNothing() {
    TermCounts state = TermCounts.of("a", "b", "b");
    assertThatThrownBy(() -> state.subtract(TermCounts.of("b", "a", "a")))
        .hasMessage("Cannot subtract term counts: 2 times 'a' from a state that holds it 1 times");
    assertThat(state.canonicalBytes()).isEqualTo(TermCounts.of("a", "b", "b").canonicalBytes());
    assertThatThrownBy(() -> state.add("a", -1))
        .hasMessage("Invalid times: -1 (must be at least 0)");
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    assertThat(Hex.of(TermCounts.of("b", "a", "\u00e9", "b").canonicalBytes()))
        .isEqualTo("0108030161010162020" + "2c3a901");
  }
}
