package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void countsAreGroupedByThousands() {
    assertThat(Figures.count(0)).isEqualTo("0");
    assertThat(Figures.count(999)).isEqualTo("999");
    assertThat(Figures.count(1_000)).isEqualTo("1,000");
    assertThat(Figures.count(53_991)).isEqualTo("53,991");
    assertThat(Figures.count(-123_456)).isEqualTo("-123,456");
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
  }

  @Test
  void decimalsAreRoundedOnce() {
    assertThat(Figures.decimal(0.6834, 3)).isEqualTo("0.683");
    assertThat(Figures.decimal(0.5, 0)).isEqualTo("0");
    assertThat(Figures.decimal(-0.0001, 2)).isEqualTo("0.00");
    assertThat(Figures.decimal(1e6, 1)).isEqualTo("1000000.0");
    assertThat(Figures.percent(0.6249, 0)).isEqualTo("62 %");
    assertThat(Figures.percent(0.016, 1)).isEqualTo("1.6 %");
  }
}
