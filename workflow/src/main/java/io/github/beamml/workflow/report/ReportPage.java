package io.github.beamml.workflow.report;

import io.github.beamml.engine.evaluation.Confusion;
import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.GateResult;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.engine.evaluation.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * A {@link Report} as one HTML page: no network, no script, charts as inline SVG; light and dark,
 * on a phone and on two printed pages. Equal reports give equal pages, whatever the locale.
 */
public final class ReportPage {
  private static final String STYLE = "report.css";

  private final Markup page = new Markup();
  private final Report report;
  private final Evaluation evaluation;

  private ReportPage(Report report) {
    this.report = report;
    evaluation = report.evaluation();
  }

  /** The page, to be written in UTF-8. */
  public static String html(Report report) {
    return new ReportPage(report).write();
  }

  private String write() {
    page.open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'");
    page.element("title", report.title() + ": model report");
    page.style(style()).close();
    page.open("body").open("main");
    opening();
    verdict();
    CurveSection.write(page, evaluation);
    atTheThreshold();
    SliceSection.write(page, evaluation, report.verdict());
    importances();
    provenance();
    footer();
    return page.close().close().close().finish();
  }

  private static String style() {
    try (InputStream in = ReportPage.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException(STYLE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void opening() {
    page.open("header").open("p", "class", "crumbs");
    page.element("strong", report.title());
    report.subtitle().forEach(part -> page.element("span", part));
    page.close();
    Confusion counts = evaluation.overall().confusion();
    page.element("h1", Words.opening(report.subject(), counts));
    if (counts.rows() > 0) {
      page.element("p", Words.chance(report.subject(), counts), "class", "lead");
    }
    page.close();
  }

  private void verdict() {
    Verdict verdict = report.verdict();
    page.open("section", "class", "verdict card " + verdict.word());
    page.open("div").element("h2", verdict.passed() ? "✓ Gate passed" : "✗ Gate refused");
    report.registered().ifPresent(where -> page.element("p", where, "class", "registered"));
    page.open("ul");
    for (GateResult result : verdict.results()) {
      page.element("li", result.reason(), "class", result.passed() ? "passed" : "refused");
    }
    if (verdict.results().isEmpty()) {
      page.element("li", "No gate was set.", "class", "passed");
    }
    page.close().close();
    page.open("dl", "class", "tiles");
    tile("AUC", Metric.AUC, 3);
    tile("PR AUC", Metric.PR_AUC, 3);
    tile("Log loss", Metric.LOG_LOSS, 3);
    page.close().close();
  }

  private void tile(String title, Metric metric, int decimals) {
    Estimate estimate = evaluation.estimate(metric);
    page.open("div").element("dt", title);
    page.element("dd", estimate.value().isPresent() ? Words.value(estimate, decimals) : "–");
    page.element(
        "dd",
        estimate
            .interval()
            .map(i -> Words.interval(i, decimals))
            .orElse(estimate.reason().orElse("")),
        "class",
        "interval");
    page.close();
  }

  private void atTheThreshold() {
    page.open("section", "class", "pair");
    confusion();
    figures();
    page.close();
  }

  private void confusion() {
    Confusion counts = evaluation.overall().confusion();
    page.open("div", "class", "card").element("h2", "At the threshold");
    page.element(
        "p",
        "Flagged from probability "
            + Figures.decimal(evaluation.threshold().value(), 4)
            + (isNumber(evaluation.threshold().rule())
                ? ""
                : " (" + evaluation.threshold().rule() + ")"),
        "class",
        "note");
    page.open("table", "class", "confusion").open("thead").open("tr");
    page.element("td", "").element("th", "flagged", "scope", "col");
    page.element("th", "not flagged", "scope", "col").close().close().open("tbody");
    row("positive", counts.truePositives(), counts.falseNegatives(), "right", "wrong");
    row("negative", counts.falsePositives(), counts.trueNegatives(), "wrong", "right");
    page.close().close().close();
  }

  private static boolean isNumber(String rule) {
    return rule.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private void row(String name, long flagged, long other, String firstStyle, String secondStyle) {
    long rows = evaluation.rows();
    page.open("tr").element("th", name, "scope", "row");
    cell(flagged, rows, firstStyle);
    cell(other, rows, secondStyle);
    page.close();
  }

  private void cell(long count, long rows, String style) {
    page.open("td", "class", style).element("strong", Figures.count(count));
    page.element("span", rows == 0 ? "" : Words.percent((double) count / rows, 1)).close();
  }

  private void figures() {
    page.open("div", "class", "card").element("h2", "Figures");
    page.open("div", "class", "scroll").open("table", "class", "figures").open("thead").open("tr");
    page.element("th", "Metric", "scope", "col");
    page.element("th", intervalTitle(), "scope", "col", "class", "number");
    for (Report.Baseline baseline : report.baselines()) {
      page.element("th", "Change from " + baseline.name(), "scope", "col", "class", "number");
    }
    page.close().close().open("tbody");
    for (Metric metric : Metric.all()) {
      page.open("tr").element("th", metric.title(), "scope", "row");
      page.element("td", Words.withInterval(evaluation.estimate(metric), 3), "class", "number");
      for (Report.Baseline baseline : report.baselines()) {
        String change = Words.change(evaluation.changeFrom(baseline.evaluation(), metric), 3);
        page.element("td", change, "class", "number");
      }
      page.close();
    }
    page.close().close().close().close();
  }

  private String intervalTitle() {
    return "Value [" + Words.percent(evaluation.bootstrap().level(), 0) + " interval]";
  }

  private void importances() {
    List<Report.Importance> importances = report.importances();
    if (importances.isEmpty()) {
      return;
    }
    double most = importances.stream().mapToDouble(Report.Importance::share).max().orElse(1);
    page.open("section", "class", "card").element("h2", "What the model looked at");
    page.open("table", "class", "bars").open("tbody");
    for (Report.Importance importance : importances) {
      page.open("tr").element("th", importance.feature(), "scope", "row").open("td");
      page.open("svg", "class", "whisker", "aria-hidden", "true");
      String width = Figures.decimal(most > 0 ? 100 * importance.share() / most : 0, 1) + "%";
      page.empty("rect", "class", "bar", "x", "0", "y", "25%", "height", "50%", "width", width);
      page.close().close();
      page.element("td", Words.percent(importance.share(), 1), "class", "number").close();
    }
    page.close().close().close();
  }

  private void provenance() {
    if (report.stages().isEmpty() && report.facts().isEmpty()) {
      return;
    }
    page.open("section").element("h2", "Where it came from");
    if (!report.stages().isEmpty()) {
      stages();
    }
    page.open("div", "class", "facts");
    for (Report.Facts facts : report.facts()) {
      page.open("div", "class", "card").element("h3", facts.title()).open("dl");
      for (Report.Fact fact : facts.facts()) {
        page.open("div").element("dt", fact.name()).element("dd", fact.value()).close();
      }
      page.close().close();
    }
    page.close().close();
  }

  private void stages() {
    page.open("div", "class", "card scroll")
        .open("table", "class", "stages")
        .open("thead")
        .open("tr");
    page.element("th", "Stage", "scope", "col").element("th", "What it did", "scope", "col");
    page.element("th", "Rows in", "scope", "col", "class", "number");
    page.element("th", "Rows out", "scope", "col", "class", "number");
    page.element("th", "Artifact", "scope", "col");
    page.element("th", "Time", "scope", "col", "class", "number").close().close().open("tbody");
    for (Report.Stage stage : report.stages()) {
      page.open("tr").element("th", stage.name(), "scope", "row").element("td", stage.summary());
      page.element("td", count(stage.rowsIn()), "class", "number");
      page.element("td", count(stage.rowsOut()), "class", "number");
      page.open("td").element("code", stage.artifact().orElse("–")).close();
      String seconds =
          stage.seconds().isPresent() ? Words.seconds(stage.seconds().getAsDouble()) : "kept";
      page.element("td", seconds, "class", "number").close();
    }
    page.close().close().close();
  }

  private static String count(OptionalLong rows) {
    return rows.isPresent() ? Figures.count(rows.getAsLong()) : "–";
  }

  private void footer() {
    int replicates = evaluation.bootstrap().replicates();
    page.open("footer").open("p");
    page.text(
        Figures.count(evaluation.rows())
            + " "
            + report.subject().noun()
            + " were scored, "
            + Figures.count(evaluation.positives())
            + " of them positive. ");
    if (replicates > 0) {
      page.text(
          "Intervals at "
              + Words.percent(evaluation.bootstrap().level(), 0)
              + ": order statistics "
              + evaluation.bootstrap().lowIndex(replicates)
              + " and "
              + evaluation.bootstrap().highIndex(replicates)
              + " (from 0) of "
              + Figures.count(replicates)
              + " Poisson bootstrap replicates, seed "
              + evaluation.bootstrap().seed()
              + ". ");
    }
    page.text(
        "Margins tie in " + Words.percent(evaluation.overall().tiedMass(), 2) + " of the pairs.");
    page.close().close();
  }
}
