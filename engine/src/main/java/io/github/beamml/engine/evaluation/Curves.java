package io.github.beamml.engine.evaluation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Curves of at most {@value #MAX_POINTS} points, chosen by integers alone. Of the ROC curve the
 * last point in each of 198 equal parts of its length (false positive rate plus true positive rate)
 * is kept, of the precision-recall curve the last one in each of 198 equal parts of the recall that
 * adds positives; the first and last point are always there. Values at the points kept are exact.
 *
 * @param roc from (0, 0) to (negatives, positives); empty unless there are both
 * @param precisionRecall by growing recall; empty if there are no positives
 */
public record Curves(List<CurvePoint> roc, List<CurvePoint> precisionRecall) {
  /** No curve has more points. */
  public static final int MAX_POINTS = 200;

  private static final int PARTS = MAX_POINTS - 2;

  public Curves {
    roc = List.copyOf(roc);
    precisionRecall = List.copyOf(precisionRecall);
  }

  /**
   * @param points the end of every cell of equal margins, from the highest down
   */
  static Curves of(List<CurvePoint> points) {
    if (points.isEmpty()) {
      return new Curves(List.of(), List.of());
    }
    CurvePoint end = points.get(points.size() - 1);
    long positives = end.truePositives();
    long negatives = end.falsePositives();
    return new Curves(
        positives == 0 || negatives == 0 ? List.of() : roc(points, positives, negatives),
        positives == 0 ? List.of() : precisionRecall(points, positives));
  }

  private static List<CurvePoint> roc(List<CurvePoint> points, long positives, long negatives) {
    BigInteger whole = product(positives, negatives).shiftLeft(1);
    TreeMap<Long, CurvePoint> kept = new TreeMap<>();
    for (CurvePoint point : points) {
      BigInteger length =
          product(point.falsePositives(), positives).add(product(point.truePositives(), negatives));
      kept.put(part(length, whole), point);
    }
    List<CurvePoint> curve = new ArrayList<>();
    curve.add(new CurvePoint(0, 0));
    curve.addAll(kept.values());
    return curve;
  }

  private static List<CurvePoint> precisionRecall(List<CurvePoint> points, long positives) {
    TreeMap<Long, CurvePoint> kept = new TreeMap<>();
    List<CurvePoint> curve = new ArrayList<>();
    long before = 0;
    for (CurvePoint point : points) {
      if (point.truePositives() > before) {
        if (curve.isEmpty()) {
          curve.add(point);
        } else {
          kept.put(
              part(BigInteger.valueOf(point.truePositives()), BigInteger.valueOf(positives)),
              point);
        }
        before = point.truePositives();
      }
    }
    curve.addAll(kept.values());
    return curve;
  }

  private static long part(BigInteger length, BigInteger whole) {
    return length.multiply(BigInteger.valueOf(PARTS)).divide(whole).longValueExact();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
