package io.github.beamml.engine.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The JSON of an {@link Evaluation}. Integers are decimal strings; every double here is finite and
 * a JSON number, an undefined replicate is null.
 */
final class EvaluationJson {
  private static final String FORMAT = "beamml-evaluation/1";

  private EvaluationJson() {}

  static ObjectNode write(Evaluation evaluation) {
    ObjectNode json = CanonicalJson.object().put("format", FORMAT);
    json.putObject("threshold")
        .put("value", evaluation.threshold().value())
        .put("rule", evaluation.threshold().rule());
    Bootstrap bootstrap = evaluation.bootstrap();
    json.putObject("bootstrap")
        .put("seed", CanonicalJson.int64(bootstrap.seed()))
        .put("replicates", CanonicalJson.int64(bootstrap.replicates()))
        .put("level", bootstrap.level())
        .put("low_index", CanonicalJson.int64(bootstrap.lowIndex(bootstrap.replicates())))
        .put("high_index", CanonicalJson.int64(bootstrap.highIndex(bootstrap.replicates())));
    json.put("rows_identity", evaluation.rowsIdentity().text());
    json.set("overall", write(evaluation.overall()));
    ArrayNode slices = json.putArray("slices");
    evaluation.slices().forEach(by -> slices.add(write(by)));
    json.set("roc", write(evaluation.curves().roc()));
    json.set("precision_recall", write(evaluation.curves().precisionRecall()));
    ArrayNode calibration = json.putArray("calibration");
    evaluation.calibration().forEach(bin -> calibration.add(write(bin)));
    json.set("replicates", write(evaluation.replicates()));
    return json;
  }

  private static ObjectNode write(Group group) {
    ObjectNode json = CanonicalJson.object();
    Confusion counts = group.confusion();
    json.putObject("confusion")
        .put("true_positives", CanonicalJson.int64(counts.truePositives()))
        .put("false_positives", CanonicalJson.int64(counts.falsePositives()))
        .put("false_negatives", CanonicalJson.int64(counts.falseNegatives()))
        .put("true_negatives", CanonicalJson.int64(counts.trueNegatives()));
    json.put("tied_mass", group.tiedMass());
    ObjectNode metrics = json.putObject("metrics");
    for (Estimate estimate : group.estimates()) {
      ObjectNode metric = metrics.putObject(estimate.metric().key());
      estimate.value().ifPresent(value -> metric.put("value", value));
      estimate.interval().ifPresent(i -> metric.put("low", i.low()).put("high", i.high()));
      estimate.reason().ifPresent(reason -> metric.put("absent", reason));
    }
    return json;
  }

  private static ObjectNode write(Slices slices) {
    ObjectNode json = CanonicalJson.object().put("by", slices.by());
    ArrayNode list = json.putArray("slices");
    for (Slice slice : slices.slices()) {
      ObjectNode group = write(slice.group());
      slice
          .value()
          .ifPresentOrElse(value -> group.put("value", value), () -> group.putNull("value"));
      list.add(group);
    }
    return json;
  }

  private static ArrayNode write(List<CurvePoint> curve) {
    ArrayNode json = CanonicalJson.array();
    for (CurvePoint point : curve) {
      json.addArray()
          .add(CanonicalJson.int64(point.falsePositives()))
          .add(CanonicalJson.int64(point.truePositives()));
    }
    return json;
  }

  private static ObjectNode write(CalibrationBin bin) {
    return CanonicalJson.object()
        .put("bin", CanonicalJson.int64(bin.bin()))
        .put("bins", CanonicalJson.int64(bin.bins()))
        .put("rows", CanonicalJson.int64(bin.rows()))
        .put("positives", CanonicalJson.int64(bin.positives()))
        .put("mean_probability", bin.meanProbability());
  }

  private static ObjectNode write(Replicates replicates) {
    ObjectNode json = CanonicalJson.object();
    for (Metric metric : Metric.all()) {
      ArrayNode values = json.putArray(metric.key());
      for (double value : replicates.of(metric)) {
        if (Double.isNaN(value)) {
          values.addNull();
        } else {
          values.add(value);
        }
      }
    }
    return json;
  }

  static Evaluation read(String name, JsonNode json) {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw CannotException.to(
          "read " + name,
          "its format is " + json.path("format") + ", this library reads " + FORMAT);
    }
    try {
      return readAll(json);
    } catch (IllegalArgumentException | InvalidInputException e) {
      throw CannotException.to("read " + name, "not an evaluation: " + e.getMessage(), e);
    }
  }

  private static Evaluation readAll(JsonNode json) {
    JsonNode threshold = child(json, "threshold");
    JsonNode bootstrap = child(json, "bootstrap");
    return new Evaluation(
        new Threshold(number(threshold, "value"), text(threshold, "rule")),
        new Bootstrap(
            integer(bootstrap, "seed"),
            Math.toIntExact(integer(bootstrap, "replicates")),
            number(bootstrap, "level")),
        new Digest(text(json, "rows_identity")),
        readGroup(child(json, "overall")),
        list(child(json, "slices"), EvaluationJson::readSlices),
        new Curves(
            list(child(json, "roc"), EvaluationJson::readPoint),
            list(child(json, "precision_recall"), EvaluationJson::readPoint)),
        list(child(json, "calibration"), EvaluationJson::readBin),
        readReplicates(child(json, "replicates")));
  }

  private static Group readGroup(JsonNode json) {
    JsonNode counts = child(json, "confusion");
    JsonNode metrics = child(json, "metrics");
    return new Group(
        new Confusion(
            integer(counts, "true_positives"),
            integer(counts, "false_positives"),
            integer(counts, "false_negatives"),
            integer(counts, "true_negatives")),
        number(json, "tied_mass"),
        Metric.all().stream().map(m -> readEstimate(m, child(metrics, m.key()))).toList());
  }

  private static Estimate readEstimate(Metric metric, JsonNode json) {
    return new Estimate(
        metric,
        json.has("value") ? OptionalDouble.of(number(json, "value")) : OptionalDouble.empty(),
        json.has("low")
            ? Optional.of(new Interval(number(json, "low"), number(json, "high")))
            : Optional.empty(),
        json.has("absent") ? Optional.of(text(json, "absent")) : Optional.empty());
  }

  private static Slices readSlices(JsonNode json) {
    return new Slices(text(json, "by"), list(child(json, "slices"), EvaluationJson::readSlice));
  }

  private static Slice readSlice(JsonNode json) {
    Optional<String> value =
        child(json, "value").isNull() ? Optional.empty() : Optional.of(text(json, "value"));
    return new Slice(value, readGroup(json));
  }

  private static CurvePoint readPoint(JsonNode json) {
    return new CurvePoint(
        Long.parseLong(json.path(0).asText()), Long.parseLong(json.path(1).asText()));
  }

  private static CalibrationBin readBin(JsonNode json) {
    return new CalibrationBin(
        Math.toIntExact(integer(json, "bin")),
        Math.toIntExact(integer(json, "bins")),
        integer(json, "rows"),
        integer(json, "positives"),
        number(json, "mean_probability"));
  }

  private static Replicates readReplicates(JsonNode json) {
    double[][] values = new double[Metric.all().size()][];
    for (Metric metric : Metric.all()) {
      JsonNode list = child(json, metric.key());
      values[metric.ordinal()] = new double[list.size()];
      Arrays.setAll(
          values[metric.ordinal()],
          i -> list.get(i).isNull() ? Double.NaN : list.get(i).doubleValue());
    }
    return new Replicates(values);
  }

  private static <T> List<T> list(JsonNode json, Function<JsonNode, T> read) {
    List<T> list = new ArrayList<>();
    json.forEach(element -> list.add(read.apply(element)));
    return list;
  }

  private static JsonNode child(JsonNode json, String key) {
    JsonNode child = json.get(key);
    if (child == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return child;
  }

  private static String text(JsonNode json, String key) {
    JsonNode child = child(json, key);
    if (!child.isTextual()) {
      throw new IllegalArgumentException(key + " is not a text: " + child);
    }
    return child.textValue();
  }

  private static long integer(JsonNode json, String key) {
    return Long.parseLong(text(json, key));
  }

  private static double number(JsonNode json, String key) {
    JsonNode child = child(json, key);
    if (!child.isNumber()) {
      throw new IllegalArgumentException(key + " is not a number: " + child);
    }
    return child.doubleValue();
  }
}
