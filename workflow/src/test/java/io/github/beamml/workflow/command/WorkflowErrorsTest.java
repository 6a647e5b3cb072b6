package io.github.beamml.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkflowErrorsTest {
  private static final String PAGE =
      """
      workflow: small
      version: 1.0.0
      kafka-reader-io:
        source: {kafka: events}
        schema: {id: string, at: timestamp, size: double, kind: string, outcome: double?}
        event_time: at
        row_key: [id]
      enrichment-feature-transform:
        label: {name: late, is: outcome > 15}
        features:
          - standardize: {columns: [size]}
          - index: {columns: [kind]}
      dataset-split: {by_time: at, validation_from: 2013-10-01, test_from: 2013-11-01}
      model-training: {trainer: histogram_forest, trees: 10}
      model-testing:
        gate: ["auc >= 0.5"]
      """;

  @TempDir private Path folder;
  private Path page;

  @BeforeEach
  void writeProfile() throws IOException {
    page = folder.resolve("workflow.yaml");
    Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(
        folder.resolve("profiles/local.yaml"),
        "connections:\n  events: {topic: events, bootstrap_servers: 'localhost:1'}\n");
  }

  private Ran validate(String from, String to) throws IOException {
    assertThat(PAGE).contains(from);
    Files.writeString(page, PAGE.replace(from, to));
    return Ran.of("validate", page);
  }

  @Test
  void everyFormOfSplitIsValid() throws IOException {
    String byTime = "{by_time: at, validation_from: 2013-10-01, test_from: 2013-11-01}";
    String shares = "shares: {validation: 0.1, test: 0.2}, salt: a}";
    for (String split :
        List.of(
            "{by_hash: {validation: 0.1, test: 0.2}, salt: a}",
            "{by_group: kind, " + shares,
            "{stratified: late, " + shares,
            "{by_column: kind}")) {
      assertThat(validate(byTime, split).err()).as(split).isEmpty();
    }
  }

  @Test
  void whatACsvFileLooksLikeIsChecked() throws IOException {
    assertThat(validateCsv("csv", "{separator: ;, null_text: NA, time_zone: Asia/Tokyo}").err())
        .isEmpty();
    assertThat(validateCsv("csv", "{seperator: ;}").err())
        .isEqualTo(
            "Invalid kafka-reader-io.csv.seperator: unknown key (did you mean separator?) at "
                + page
                + ":6\n");
    assertThat(validateCsv("csv", "{separator: x}").err())
        .startsWith("Invalid kafka-reader-io.csv.separator: x (must be one of ,, ;, |, tab) at ");
    assertThat(validateCsv("csv", "{null_text: -1}").err())
        .startsWith("Invalid kafka-reader-io.csv.null_text: -1 (must be a value of type string)");
    assertThat(validateCsv("csv", "{time_zone: Asia/Tokio}").err())
        .startsWith(
            "Invalid kafka-reader-io.csv.time_zone: Asia/Tokio is not a known time zone (did you"
                + " mean Asia/Tokyo?) at ");
    assertThat(validateCsv("avro", "{header: false}").err())
        .startsWith(
            "Invalid kafka-reader-io.csv: {\"header\":false} (must be left out with format: avro)");
  }

  private Ran validateCsv(String format, String csv) throws IOException {
    Files.writeString(folder.resolve("a.csv"), "");
    return validate("{kafka: events}", "{files: a.csv}\n  format: " + format + "\n  csv: " + csv);
  }

  @Test
  void aWorkflowOverFilesNeedsNoProfile() throws IOException {
    Files.delete(folder.resolve("profiles/local.yaml"));
    Files.writeString(folder.resolve("events.jsonl"), "");
    assertThat(validate("{kafka: events}", "{files: events.jsonl}").err()).isEmpty();
    assertThat(validate("trees: 10", "trees: 20").err())
        .startsWith(
            "Invalid kafka-reader-io.source.kafka: events is not a connection of profile local");
  }

  @Test
  void aRightWorkflowIsValid() throws IOException {
    Ran ran = validate("trees: 10", "trees: 20");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith("Valid: small 1.0.0 · direct, ")
        .endsWith(" · 5 columns in, 2 feature columns, 1 pass over the training rows\n");
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearestAndItsLine() throws IOException {
    assertThat(validate("trees: 10", "tress: 10"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid model-training.tress: unknown key (did you mean trees?) at "
                    + page
                    + ":14\n"));
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithItsLine() throws IOException {
    Ran ran = validate("columns: [size]", "columns: [sise]");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "Invalid features[0].columns: sise is not a column of the input (did you mean size?)"
                + " at "
                + page
                + ":11\n");
  }

  @Test
  void aLabelThatIsNoTruthIsRefused() throws IOException {
    Ran ran = validate("outcome > 15", "outcome + 15");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("Invalid label.is: ").endsWith(page + ":9\n");
  }

  @Test
  void aGateIsRefusedWithItsTextAndLine() throws IOException {
    assertThat(validate("auc >= 0.5", "auc >= 0.5 by kind").err())
        .isEqualTo(
            "Invalid model-testing.gate[0]: by must stand before the comparison at position 12 of"
                + " \"auc >= 0.5 by kind\" at "
                + page
                + ":16\n");
    assertThat(validate("gate:", "slices: [kind]\n  gate:").err()).isEmpty();
    assertThat(validate("gate: [\"auc ", "slices: [kind]\n  gate: [\"auc by kinds ").err())
        .isEqualTo(
            "Invalid model-testing.gate[0]: kinds is not one of slices (did you mean kind?) at "
                + page
                + ":17\n");
  }

  @Test
  void aConnectionThatTheProfileLacksIsNamed() throws IOException {
    assertThat(validate("kafka: events", "kafka: event"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid kafka-reader-io.source.kafka: event is not a connection of profile local"
                    + " (did you mean events?) at "
                    + page
                    + ":4\n"));
  }

  @Test
  void whatIsNoYamlIsWrongConfiguration() throws IOException {
    Ran ran = validate("version: 1.0.0", "version: [1.0.0");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("Cannot read " + page + ":").contains("it is not YAML");
  }

  @Test
  void aMissingPageOrProfileIsWrongConfiguration() throws IOException {
    assertThat(Ran.of("validate", page))
        .isEqualTo(
            new Ran(
                2, "", "Invalid WORKFLOW: " + page + " (must be the path of a workflow's page)\n"));
    Files.writeString(page, PAGE);
    assertThat(Ran.of("validate", page, "--profile", "prod"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Cannot read "
                    + folder.resolve("profiles/prod.yaml")
                    + ": there is no such file\n"));
  }

  @Test
  void anUnknownStageIsNamedWithTheNearest() throws IOException {
    Files.writeString(page, PAGE);
    assertThat(Ran.of("stage", "model-trainin", "--run", "monday", "--workflow", page))
        .isEqualTo(
            new Ran(
                2,
                "",
                "Invalid stage: model-trainin is not a stage (did you mean model-training?)\n"));
  }

  @Test
  void thePlanIsExplained() throws IOException {
    Files.writeString(page, PAGE);
    Ran ran = Ran.of("explain", page);
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("Pass 1 of 1 over the training rows")
        .contains("features[0].standardize  size")
        .contains("kind_index");
    assertThat(Ran.of("explain", page, "--json").out())
        .startsWith("{\"passes\":[{\"fits\":[{\"step\":\"features[0].standardize\"")
        .endsWith("}\n");
  }

  private void assertInvalid(String from, String to, String error) throws IOException {
    Ran ran = validate(from, to);
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).startsWith(error);
  }

  @Test
  void whatTheModelMayNotReadIsRefused() throws IOException {
    assertInvalid(
        "    - standardize: {columns: [size]}",
        "    - keep: [late]",
        "Invalid enrichment-feature-transform.features: late is the label (must not be a feature)");
    assertInvalid(
        "  row_key: [id]\n",
        "  row_key: [id]\n  pii: {kind: hmac env:KEY}\n",
        "Invalid kafka-reader-io.pii.kind: features, lookups or derived columns read kind (must"
            + " not, as rows that are scored later are not protected)");
    assertInvalid(
        "  label:",
        "  derive: {size: size * 2}\n  label:",
        "Invalid enrichment-feature-transform.derive.size: the rows have a column size already"
            + " (must be a new name)");
  }

  @Test
  void aRunNeedsTheRowsThatItWillAskFor() throws IOException {
    assertInvalid(
        "{by_time: at, validation_from: 2013-10-01, test_from: 2013-11-01}",
        "{fold: 0, of: 5}",
        "Invalid dataset-split: {\"fold\":0,\"of\":5,\"salt\":\"\"} (must be a split with a test"
            + " part, as a run tests)");
    assertInvalid(
        "{by_time: at, validation_from: 2013-10-01, test_from: 2013-11-01}\n"
            + "model-training: {trainer: histogram_forest, trees: 10}\n"
            + "model-testing:\n",
        "{by_hash: {test: 0.2}}\nmodel-training: {trees: 10}\n"
            + "model-testing:\n  threshold: max_f1 on validation\n",
        "Invalid model-testing.threshold: max_f1 on validation (dataset-split must have a"
            + " validation part for it)");
    assertInvalid(
        "source: {kafka: events}",
        "source: {files: data/nix.csv}\n  format: csv",
        "Cannot read " + folder.resolve("data/nix.csv"));
    assertInvalid(
        "  row_key: [id]\n",
        "  row_key: [id]\n  pii: {id: drop}\n",
        "Invalid kafka-reader-io.row_key: id is not a column of the input");
  }

  @Test
  void aKeyThatOccursTwiceHasItsPlace() throws IOException {
    assertInvalid(
        "version: 1.0.0\n",
        "version: 1.0.0\nversion: 2.0.0\n",
        "Invalid version: the key occurs twice at " + page + ":3");
  }
}
