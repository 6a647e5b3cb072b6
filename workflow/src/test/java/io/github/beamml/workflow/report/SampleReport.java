package io.github.beamml.workflow.report;

import io.github.beamml.engine.evaluation.Baseline;
import io.github.beamml.engine.evaluation.Bootstrap;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.evaluation.Evaluator;
import io.github.beamml.engine.evaluation.Gate;
import io.github.beamml.engine.evaluation.Gates;
import io.github.beamml.engine.evaluation.IfNoBaseline;
import io.github.beamml.engine.evaluation.ScoredRows;
import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.evaluation.Verdict;
import io.github.beamml.engine.hash.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A report of made-up flights. */
final class SampleReport {
  private static final List<String> CARRIERS =
      List.of(
          "UA", "B6", "EV", "DL", "AA", "MQ", "US", "9E", "WN", "VX", "FL", "AS", "F9", "YV", "HA",
          "OO");

  private SampleReport() {}

  static Report of(int rows, String... gates) {
    ScoredRows scored = rows(rows, 0);
    Evaluator evaluator =
        Evaluator.at(ThresholdRule.parse("max_f1 on validation").resolve(rows(rows / 2, 1)))
            .withBootstrap(Bootstrap.of(7))
            .withThreads(2);
    Evaluation evaluation = evaluator.evaluate(scored);
    Evaluation prior = evaluator.evaluate(scored.withConstant(0.241));
    Verdict verdict =
        Gates.of(List.of(gates).stream().map(Gate::parse).toList(), Optional.of(IfNoBaseline.PASS))
            .judge(evaluation, Baseline.none());
    return Report.of("flight-delays", evaluation, verdict).toBuilder()
        .setSubtitle(List.of("version 1.0.0", "run 20261124-091502-4f2a", "direct, 2 workers"))
        .setSubject(new Report.Subject("flights", "will be late"))
        .setRegistered("Registered as flight-delays v1, now in staging")
        .setBaselines(List.of(new Report.Baseline("the prior", prior)))
        .setImportances(
            List.of(
                new Report.Importance("sched_dep hour", 0.262),
                new Report.Importance("month", 0.171),
                new Report.Importance("humid", 0.112),
                new Report.Importance("carrier", 0.094),
                new Report.Importance("pressure", 0.083),
                new Report.Importance("wind_speed", 0.061),
                new Report.Importance("distance", 0.055),
                new Report.Importance("weekday", 0.049)))
        .setStages(stages())
        .setFacts(facts())
        .build();
  }

  private static ScoredRows rows(int rows, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoredRows.Builder builder =
        ScoredRows.sliced(List.of("carrier", "origin", "month(sched_dep)"));
    for (int row = 0; row < rows; row++) {
      double margin =
          -1.35 + (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 1.6;
      double probability = 1 / (1 + StrictMath.exp(-margin));
      int carrier = (int) (16 * StrictMath.pow(random.nextDouble(), 2.2));
      double actual = 1 / (1 + StrictMath.exp(-(margin * (carrier < 12 ? 1 : 0.6) * 1.1 + 0.12)));
      byte[] key =
          Sha256.of(new byte[] {(byte) row, (byte) (row >> 8), (byte) (row >> 16), (byte) seed});
      builder.add(
          margin,
          probability,
          carrier != 15 && random.nextDouble() < actual,
          key,
          CARRIERS.get(carrier),
          List.of("EWR", "JFK", "LGA").get(random.nextInt(3)),
          random.nextBoolean() ? "11" : "12");
    }
    return builder.build();
  }

  private static List<Report.Stage> stages() {
    return List.of(
        stage(
            "kafka-reader-io",
            "338,110 events = 336,776 rows + 1,022 duplicates + 312 dead letters",
            338_110,
            336_776,
            11.2,
            "sha256:9c1f04ab77d2"),
        stage(
            "enrichment-feature-transform",
            "9,430 without label; 41 features",
            336_776,
            327_346,
            14.03,
            "sha256:41c0aa0198bd"),
        stage(
            "dataset-split",
            "train 244,737 + validation 28,618 + test 53,991",
            327_346,
            327_346,
            2.04,
            "sha256:7be2c2f4a511"),
        stage(
            "model-training",
            "histogram forest, 100 trees, depth 12",
            244_737,
            244_737,
            4.4,
            "sha256:e6cc1d90f3a8"),
        stage(
            "model-testing",
            "200 bootstrap replicates, 21 slices",
            53_991,
            53_991,
            5.9,
            "sha256:0d51be77c9e2"),
        stage(
            "serving check",
            "batch = stream = single row: 53,991 of 53,991 equal",
            53_991,
            53_991,
            9.3,
            "sha256:33f1c55ab7e0"));
  }

  private static Report.Stage stage(
      String name, String summary, long in, long out, double seconds, String artifact) {
    return new Report.Stage(
        name,
        summary,
        OptionalLong.of(in),
        OptionalLong.of(out),
        OptionalDouble.of(seconds),
        Optional.of(artifact));
  }

  private static List<Report.Facts> facts() {
    return List.of(
        new Report.Facts(
            "Data",
            List.of(
                new Report.Fact("Source", "flights-topic, 8 partitions"),
                new Report.Fact("Window", "2013-01-01 to 2014-01-01, America/New_York"),
                new Report.Fact("Owner, licence", "us-dot, CC0"),
                new Report.Fact("Rows", "336,776"),
                new Report.Fact("Dead letters", "312 (0.1 %)"))),
        new Report.Facts(
            "Digests",
            List.of(
                new Report.Fact("Dataset", "sha256:9c1f04ab77d2"),
                new Report.Fact("Features", "sha256:41c0aa0198bd"),
                new Report.Fact("Model", "sha256:e6cc1d90f3a8"),
                new Report.Fact("Evaluation", "sha256:0d51be77c9e2"))),
        new Report.Facts(
            "Versions",
            List.of(
                new Report.Fact("beamml", "1.0.0"),
                new Report.Fact("Beam", "2.62.0"),
                new Report.Fact("Java", "17.0.15"),
                new Report.Fact("Trainer", "histogram_forest, seed 7"))));
  }
}
