package io.github.beamml.workflow.report;

import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.Gate;
import io.github.beamml.engine.evaluation.GateResult;
import io.github.beamml.engine.evaluation.Interval;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.engine.evaluation.Slice;
import io.github.beamml.engine.evaluation.Slices;
import io.github.beamml.engine.evaluation.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** AUC by slice as dots with whiskers, on one scale for all slice columns. */
final class SliceSection {
  private static final int MOST = 20;

  private final Markup page;
  private final Evaluation evaluation;
  private final List<Gate> gates;
  private final double least;
  private final double greatest;

  private SliceSection(Markup page, Evaluation evaluation, Verdict verdict) {
    this.page = page;
    this.evaluation = evaluation;
    gates =
        verdict.results().stream()
            .filter(result -> result.program().isEmpty())
            .map(GateResult::gate)
            .map(Gate::parse)
            .filter(gate -> gate.by().isPresent() && gate.limitOf(Metric.AUC).isPresent())
            .toList();
    double[] ends =
        DoubleStream.concat(
                evaluation.slices().stream()
                    .flatMapToDouble(by -> shown(by).stream().flatMapToDouble(SliceSection::ends)),
                DoubleStream.concat(
                    evaluation.estimate(Metric.AUC).value().stream(),
                    gates.stream().mapToDouble(SliceSection::bound)))
            .toArray();
    // In twentieths, so that the scale has round ends.
    least = StrictMath.floor(DoubleStream.of(ends).min().orElse(0.5) * 20) / 20;
    greatest = StrictMath.ceil(DoubleStream.of(ends).max().orElse(1) * 20) / 20;
  }

  static void write(Markup page, Evaluation evaluation, Verdict verdict) {
    if (evaluation.slices().isEmpty()) {
      return;
    }
    SliceSection section = new SliceSection(page, evaluation, verdict);
    page.open("section").element("h2", "Slices");
    page.element(
        "p",
        "AUC with its interval. The dashed line is the AUC of all rows"
            + (section.gates.isEmpty() ? "." : ", the red one what a gate asks for."),
        "class",
        "note");
    page.open("div", "class", "slices");
    evaluation.slices().forEach(section::table);
    page.close().close();
  }

  private static double bound(Gate gate) {
    return gate.limitOf(Metric.AUC).orElseThrow();
  }

  private static DoubleStream ends(Slice slice) {
    Estimate auc = slice.group().estimate(Metric.AUC);
    return DoubleStream.concat(
        auc.value().stream(),
        auc.interval().stream().flatMapToDouble(i -> DoubleStream.of(i.low(), i.high())));
  }

  /** Those with the most rows, in the order of their values. */
  private static List<Slice> shown(Slices by) {
    List<Slice> largest =
        by.slices().stream()
            .sorted(Comparator.comparingLong((Slice slice) -> slice.group().rows()).reversed())
            .limit(MOST)
            .toList();
    return by.slices().stream().filter(largest::contains).toList();
  }

  private void table(Slices by) {
    page.open("div", "class", "card").open("table", "class", "whiskers");
    page.open("thead").open("tr");
    page.element("th", by.by(), "scope", "col");
    page.element("th", "Rows", "scope", "col", "class", "number");
    page.open("th", "scope", "col", "class", "scale");
    scale();
    page.close().element("th", "AUC", "scope", "col", "class", "number");
    page.close().close().open("tbody");
    Optional<Gate> gate = gates.stream().filter(g -> g.isBy(by.by())).findFirst();
    shown(by).forEach(slice -> row(slice, gate));
    page.close().close();
    int more = by.slices().size() - shown(by).size();
    if (more > 0) {
      page.element("p", "And " + Figures.count(more) + " more with fewer rows.", "class", "note");
    }
    page.close();
  }

  private void scale() {
    page.open("svg", "class", "whisker", "aria-hidden", "true");
    page.element("text", Figures.decimal(least, 2), "x", "0", "y", "13", "class", "start");
    page.element("text", Figures.decimal(greatest, 2), "x", "100%", "y", "13", "class", "end");
    page.close();
  }

  private void row(Slice slice, Optional<Gate> gate) {
    Estimate auc = slice.group().estimate(Metric.AUC);
    page.open("tr").element("th", slice.label(), "scope", "row");
    page.element("td", Figures.count(slice.group().rows()), "class", "number");
    page.open("td").open("svg", "class", "whisker", "aria-hidden", "true");
    evaluation.estimate(Metric.AUC).value().ifPresent(all -> vertical(all, "reference"));
    gate.ifPresent(g -> vertical(bound(g), "limit"));
    auc.interval().ifPresent(this::whisker);
    auc.value()
        .ifPresent(
            value -> page.empty("circle", "class", "dot", "cx", at(value), "cy", "50%", "r", "4"));
    page.close().close();
    page.element(
        "td", auc.value().isPresent() ? Words.value(auc, 3) : reason(auc), "class", "number");
    page.close();
  }

  private static String reason(Estimate auc) {
    return auc.reason().orElse("–");
  }

  private void whisker(Interval interval) {
    page.empty(
        "line",
        "class",
        "bar",
        "x1",
        at(interval.low()),
        "x2",
        at(interval.high()),
        "y1",
        "50%",
        "y2",
        "50%");
    Stream.of(interval.low(), interval.high())
        .forEach(
            end ->
                page.empty(
                    "line", "class", "bar", "x1", at(end), "x2", at(end), "y1", "30%", "y2",
                    "70%"));
  }

  private void vertical(double value, String style) {
    if (value >= least && value <= greatest) {
      page.empty("line", "class", style, "x1", at(value), "x2", at(value), "y1", "0", "y2", "100%");
    }
  }

  /** The place on the scale; a margin of 3 % keeps dots whole. */
  private String at(double value) {
    double share = greatest > least ? (value - least) / (greatest - least) : 0.5;
    return Figures.decimal(3 + 94 * share, 2) + "%";
  }
}
