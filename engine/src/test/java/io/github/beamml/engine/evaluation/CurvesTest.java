package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
  @Test
  void shortCurvesKeepEveryPoint() {
    List<CurvePoint> points =
        List.of(
            new CurvePoint(0, 1), new CurvePoint(1, 1), new CurvePoint(1, 2), new CurvePoint(3, 2));
    Curves curves = Curves.of(points);
    assertThat(curves.roc())
        .containsExactly(
            new CurvePoint(0, 0),
            new CurvePoint(0, 1),
            new CurvePoint(1, 1),
            new CurvePoint(1, 2),
            new CurvePoint(3, 2));
    assertThat(curves.precisionRecall())
        .containsExactly(new CurvePoint(0, 1), new CurvePoint(1, 2));
  }

  @Test
  void longCurvesKeepAtMostTwoHundredPointsAndBothEnds() {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 1; i <= 30_000; i++) {
      points.add(new CurvePoint(i, (long) Math.sqrt(i * 20_000.0)));
    }
    Curves curves = Curves.of(points);
    assertThat(curves.roc()).hasSizeBetween(190, 200);
    assertThat(curves.roc().get(0)).isEqualTo(new CurvePoint(0, 0));
    assertThat(curves.roc()).last().isEqualTo(points.get(29_999));
    assertThat(curves.roc())
        .isSortedAccordingTo(java.util.Comparator.comparing(CurvePoint::truePositives));
    assertThat(curves.precisionRecall()).hasSizeBetween(190, 200);
    assertThat(curves.precisionRecall().get(0)).isEqualTo(points.get(0));
    assertThat(points).containsAll(curves.precisionRecall());
  }

  @Test
  void oneClassHasNoRocCurve() {
    Curves curves = Curves.of(List.of(new CurvePoint(0, 1), new CurvePoint(0, 4)));
    assertThat(curves.roc()).isEmpty();
    assertThat(curves.precisionRecall())
        .containsExactly(new CurvePoint(0, 1), new CurvePoint(0, 4));
    assertThat(Curves.of(List.of(new CurvePoint(5, 0))).precisionRecall()).isEmpty();
  }
}
