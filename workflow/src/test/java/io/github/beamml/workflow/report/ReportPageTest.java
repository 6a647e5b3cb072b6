package io.github.beamml.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.evaluation.Bootstrap;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Evaluator;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.Interval;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.evaluation.Slice;
import io.github.beamml.engine.evaluation.Threshold;
import io.github.beamml.engine.evaluation.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportPageTest {
  private static final Report REPORT =
      SampleReport.of(
          4_000, "auc.low >= 0.6", "auc.low by carrier >= 0.60 where rows >= 900", "f1 > 0.9");
  private static final String PAGE = ReportPage.html(REPORT);

  @Test
  void thePageIsWellFormed() throws Exception {
    assertThat(parse(PAGE).getDocumentElement().getTagName()).isEqualTo("html");
  }

  @Test
  void nothingIsLoadedAndNothingRuns() {
    assertThat(PAGE)
        .doesNotContain(
            "http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link")
        .doesNotContainPattern(" on[a-z]+=");
  }

  @Test
  void figuresAreThoseOfTheEvaluation() throws Exception {
    Evaluation evaluation = REPORT.evaluation();
    Interval auc = evaluation.estimate(Metric.AUC).interval().orElseThrow();
    Document page = parse(PAGE);
    assertThat(texts(page, "dd"))
        .contains(
            Figures.decimal(evaluation.estimate(Metric.AUC).value().orElseThrow(), 3),
            "[" + Figures.decimal(auc.low(), 3) + ", " + Figures.decimal(auc.high(), 3) + "]");
    assertThat(texts(page, "strong"))
        .contains(
            Figures.count(evaluation.overall().confusion().truePositives()),
            Figures.count(evaluation.overall().confusion().falseNegatives()));
    for (Slice slice : evaluation.slices().get(0).slices()) {
      assertThat(texts(page, "th")).contains(slice.label());
      assertThat(texts(page, "td")).contains(Figures.count(slice.group().rows()));
    }
    assertThat(texts(page, "li")).containsExactlyElementsOf(REPORT.verdict().reasons());
  }

  @Test
  void whatAGateAsksOfSlicesIsALineAmongThem() {
    assertThat(PAGE).contains("the red one what a gate asks for").contains("class=\"limit\"");
    String without = ReportPage.html(SampleReport.of(400, "auc by carrier >= f1"));
    assertThat(without).doesNotContain("the red one").doesNotContain("class=\"limit\"");
  }

  @Test
  void theOpeningSentenceIsOneThatAManagerUnderstands() throws Exception {
    double recall = REPORT.evaluation().estimate(Metric.RECALL).value().orElseThrow();
    double precision = REPORT.evaluation().estimate(Metric.PRECISION).value().orElseThrow();
    assertThat(texts(parse(PAGE), "h1"))
        .containsExactly(
            "Of 100 flights that will be late, the model flags "
                + Figures.decimal(100 * recall, 0)
                + "; of 100 that it flags, "
                + Figures.decimal(100 * precision, 0)
                + " will be late.");
  }

  @Test
  void textsAreEscaped() throws Exception {
    String evil = "<b onclick='x()'>\"&\u0000\ud800";
    Report report =
        REPORT.toBuilder()
            .setTitle(evil)
            .setFacts(List.of(new Report.Facts(evil, List.of(new Report.Fact(evil, evil)))))
            .build();
    Document page = parse(ReportPage.html(report));
    assertThat(page.getElementsByTagName("b").getLength()).isZero();
    assertThat(texts(page, "title").get(0)).startsWith("<b onclick='x()'>\"&\ufffd\ufffd");
  }

  @Test
  void thePageIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(ReportPage.html(REPORT)).isEqualTo(PAGE);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void rowsOfOneClassAndNoRowsHavePagesToo() throws Exception {
    Evaluator evaluator =
        Evaluator.at(new Threshold(0.5, "0.5")).withBootstrap(Bootstrap.of(7).withReplicates(10));
    Verdict verdict = new Verdict(List.of(), Optional.empty());
    ScoredRows none = ScoredRows.sliced(List.of("carrier")).build();
    ScoredRows one =
        ScoredRows.sliced(List.of("carrier")).add(0.2, 0.2, false, new byte[32], "UA").build();
    for (ScoredRows rows : List.of(none, one)) {
      Report report = Report.of("nothing", evaluator.evaluate(rows), verdict);
      String page = ReportPage.html(report);
      assertThat(texts(parse(page), "h1").get(0))
          .isEqualTo("None of the " + rows.size() + " rows are “positive”.");
      assertThat(page).doesNotContain("NaN").doesNotContain("Infinity");
    }
  }

  @Test
  void wholeNumbersHideNeitherSomeNorTheRest() {
    assertThat(Words.ofHundred(0, 1_000)).isEqualTo("none");
    assertThat(Words.ofHundred(4, 1_000)).isEqualTo("fewer than 1");
    assertThat(Words.ofHundred(5, 1_000)).isEqualTo("1");
    assertThat(Words.ofHundred(625, 1_000)).isEqualTo("63");
    assertThat(Words.ofHundred(999, 1_000)).isEqualTo("more than 99");
    assertThat(Words.ofHundred(1_000, 1_000)).isEqualTo("100");
  }

  @Test
  void secondsAreShownAsPeopleSayThem() {
    assertThat(Words.seconds(0.84)).isEqualTo("0.8 s");
    assertThat(Words.seconds(9.96)).isEqualTo("10 s");
    assertThat(Words.seconds(119.4)).isEqualTo("119 s");
    assertThat(Words.seconds(125)).isEqualTo("2 min 5 s");
  }

  private static Document parse(String page) throws Exception {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<String> texts(Document page, String element) {
    NodeList nodes = page.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(((Element) nodes.item(i)).getTextContent());
    }
    return texts;
  }
}
