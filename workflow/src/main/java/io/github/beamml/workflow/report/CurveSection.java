package io.github.beamml.workflow.report;

import io.github.beamml.engine.evaluation.CalibrationBin;
import io.github.beamml.engine.evaluation.Confusion;
import io.github.beamml.engine.evaluation.CurvePoint;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.workflow.report.Plot.Point;
import java.util.List;

/** The three charts over all rows: ROC, precision and recall, calibration. */
final class CurveSection {
  private static final double LARGEST_DOT = 11;

  /** Bins with fewer rows say little: the line leaves them out. */
  private static final long FEW = 30;

  private final Markup page;
  private final Evaluation evaluation;

  private CurveSection(Markup page, Evaluation evaluation) {
    this.page = page;
    this.evaluation = evaluation;
  }

  static void write(Markup page, Evaluation evaluation) {
    CurveSection section = new CurveSection(page, evaluation);
    page.open("section", "class", "charts");
    section.roc();
    section.precisionRecall();
    section.calibration();
    page.close();
  }

  private void roc() {
    open("ROC curve", "AUC " + Words.withInterval(evaluation.estimate(Metric.AUC), 3));
    Plot plot = Plot.open(page, "ROC curve", "False positive rate", "True positive rate (recall)");
    plot.reference(new Point(0, 0), new Point(1, 1));
    Confusion counts = evaluation.overall().confusion();
    List<CurvePoint> curve = evaluation.curves().roc();
    if (!curve.isEmpty()) {
      List<Point> points =
          curve.stream().map(p -> rocPoint(p.falsePositives(), p.truePositives())).toList();
      plot.area(points);
      plot.curve(points, "curve");
      plot.markBelow(rocPoint(counts.falsePositives(), counts.truePositives()), thresholdText());
    }
    close(plot, "The dashed line is chance.");
  }

  private Point rocPoint(long falsePositives, long truePositives) {
    Confusion counts = evaluation.overall().confusion();
    return new Point(
        share(falsePositives, counts.negatives()), share(truePositives, counts.positives()));
  }

  private void precisionRecall() {
    open(
        "Precision and recall",
        "PR AUC " + Words.withInterval(evaluation.estimate(Metric.PR_AUC), 3));
    Plot plot = Plot.open(page, "Precision-recall curve", "Recall", "Precision");
    Confusion counts = evaluation.overall().confusion();
    double rate = share(counts.positives(), counts.rows());
    plot.reference(new Point(0, rate), new Point(1, rate));
    List<CurvePoint> curve = evaluation.curves().precisionRecall();
    if (!curve.isEmpty()) {
      List<Point> points =
          curve.stream().map(p -> precisionPoint(p.falsePositives(), p.truePositives())).toList();
      plot.area(points);
      plot.curve(points, "curve");
      if (counts.flagged() > 0) {
        plot.markAbove(
            precisionPoint(counts.falsePositives(), counts.truePositives()), thresholdText());
      }
    }
    close(plot, "The dashed line is the share of positives: " + Words.percent(rate, 1) + ".");
  }

  private Point precisionPoint(long falsePositives, long truePositives) {
    return new Point(
        share(truePositives, evaluation.positives()),
        share(truePositives, truePositives + falsePositives));
  }

  private void calibration() {
    open("Calibration", "Brier score " + Words.withInterval(evaluation.estimate(Metric.BRIER), 3));
    Plot plot = Plot.open(page, "Calibration", "Mean probability given", "Share that is positive");
    plot.reference(new Point(0, 0), new Point(1, 1));
    List<CalibrationBin> bins = evaluation.calibration();
    plot.curve(
        bins.stream().filter(bin -> bin.rows() >= FEW).map(CurveSection::point).toList(), "thin");
    long most = bins.stream().mapToLong(CalibrationBin::rows).max().orElse(1);
    for (CalibrationBin bin : bins) {
      double radius = LARGEST_DOT * StrictMath.sqrt(share(bin.rows(), most));
      plot.dot(point(bin), StrictMath.max(2, radius), "bin");
    }
    close(
        plot,
        "A dot is a bin of probabilities, its area the rows; on the dashed line they hold true.");
  }

  private static Point point(CalibrationBin bin) {
    return new Point(bin.meanProbability(), bin.labelRate());
  }

  private void open(String title, String figure) {
    page.open("figure", "class", "card");
    page.open("figcaption").element("h3", title).element("p", figure, "class", "figure").close();
  }

  private void close(Plot plot, String note) {
    plot.close();
    page.element("p", note, "class", "note").close();
  }

  private String thresholdText() {
    return "threshold " + Figures.decimal(evaluation.threshold().value(), 2);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
