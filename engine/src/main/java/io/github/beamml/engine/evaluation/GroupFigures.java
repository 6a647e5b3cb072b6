package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.expression.Rule;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The figures of some groups, as rows that the expressions of a gate are computed over: one row a
 * group, one column a figure, all doubles, null where a figure is absent.
 */
final class GroupFigures {
  private static final String ROWS = "rows";
  private static final String POSITIVES = "positives";
  private static final String LOW = ".low";
  private static final String HIGH = ".high";
  private static final String CHANGE = ".change";

  /** The names that a gate may use. */
  static final RowSchema SCHEMA = schema();

  private final RowBatch batch;
  private final List<Map<String, Figure>> groups;

  private GroupFigures(RowBatch batch, List<Map<String, Figure>> groups) {
    this.batch = batch;
    this.groups = groups;
  }

  /** Of all rows, as the one group. */
  static GroupFigures ofAll(Evaluation evaluation, Baseline baseline) {
    Map<String, Figure> figures = figures(evaluation.overall());
    baseline
        .evaluation()
        .ifPresent(
            other ->
                Metric.all().forEach(metric -> add(figures, evaluation.changeFrom(other, metric))));
    return of(List.of(figures));
  }

  /** Of slices of the evaluation, one group each. */
  static GroupFigures ofSlices(Evaluation evaluation, Slices slices, Baseline baseline) {
    List<Map<String, Figure>> groups = new ArrayList<>();
    for (Slice slice : slices.slices()) {
      groups.add(figures(slice.group()));
    }
    baseline
        .evaluation()
        .ifPresent(
            other -> {
              evaluation.checkSameRows(other);
              Optional<Slices> others = other.slicesBy(slices.by());
              for (int i = 0; i < groups.size(); i++) {
                Slice slice = slices.slices().get(i);
                addChanges(groups.get(i), slice, others.flatMap(by -> by.slice(slice.value())));
              }
            });
    return of(groups);
  }

  private static void addChanges(
      Map<String, Figure> figures, Slice slice, Optional<Slice> baseline) {
    for (Estimate estimate : slice.group().estimates()) {
      Metric metric = estimate.metric();
      add(
          figures,
          baseline
              .map(other -> other.group().estimate(metric))
              .map(other -> Change.withoutInterval(estimate, other, "slices have no interval"))
              .orElseGet(() -> Change.absent(metric, "the baseline has no such slice")));
    }
  }

  private static Map<String, Figure> figures(Group group) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(ROWS, Figure.of((double) group.rows()));
    figures.put(POSITIVES, Figure.of((double) group.positives()));
    for (Estimate estimate : group.estimates()) {
      String name = estimate.metric().key();
      add(figures, name, estimate.value(), estimate.interval(), estimate.reason());
    }
    return figures;
  }

  private static void add(Map<String, Figure> figures, Change change) {
    String name = change.metric().key() + CHANGE;
    add(figures, name, change.value(), change.interval(), change.reason());
  }

  private static void add(
      Map<String, Figure> figures,
      String name,
      OptionalDouble value,
      Optional<Interval> interval,
      Optional<String> reason) {
    Figure absent = Figure.absent(reason.orElse("no value"));
    figures.put(name, value.isPresent() ? Figure.of(value.getAsDouble()) : absent);
    figures.put(name + LOW, interval.map(bounds -> Figure.of(bounds.low())).orElse(absent));
    figures.put(name + HIGH, interval.map(bounds -> Figure.of(bounds.high())).orElse(absent));
  }

  private static GroupFigures of(List<Map<String, Figure>> groups) {
    RowBatchBuilder rows = RowBatch.builder(SCHEMA);
    for (Map<String, Figure> figures : groups) {
      figures.forEach(
          (name, figure) ->
              figure.value().ifPresent(value -> rows.setDouble(SCHEMA.position(name), value)));
      rows.endRow();
    }
    return new GroupFigures(rows.build(), groups);
  }

  private static RowSchema schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(figure(ROWS));
    fields.add(figure(POSITIVES));
    for (Metric metric : Metric.all()) {
      for (String of : List.of("", CHANGE)) {
        fields.add(figure(metric.key() + of));
        fields.add(figure(metric.key() + of + LOW));
        fields.add(figure(metric.key() + of + HIGH));
      }
    }
    return RowSchema.of(fields);
  }

  private static Field figure(String name) {
    return Field.nullable(name, ValueType.DOUBLE);
  }

  /** What an expression gives that reads no figure. */
  static OptionalDouble constant(Rule.Part part) {
    return part.columns().isEmpty()
        ? of(List.of(Map.of())).compute(part).get(0).value()
        : OptionalDouble.empty();
  }

  /** Whether a figure is the metric or a bound of its interval. */
  static boolean isOf(Metric metric, String figure) {
    String key = metric.key();
    return List.of(key, key + LOW, key + HIGH).contains(figure);
  }

  /** Whether a figure compares with the baseline. */
  static boolean isChange(String figure) {
    return figure.endsWith(CHANGE) || isBoundOfChange(figure);
  }

  static boolean isBoundOfChange(String figure) {
    return figure.endsWith(CHANGE + LOW) || figure.endsWith(CHANGE + HIGH);
  }

  /** For every group whether the condition is true; without one it is. */
  boolean[] hold(Optional<Rule.Part> condition) {
    boolean[] results = new boolean[batch.size()];
    Arrays.fill(results, true);
    condition.ifPresent(
        part -> {
          // What cannot be computed is null, and so not true.
          RowErrors errors = (rows, row, message) -> {};
          LongColumn holds = (LongColumn) part.expression().evaluate(batch, errors);
          for (int row = 0; row < results.length; row++) {
            results[row] = !holds.isNull(row) && holds.get(row) != 0;
          }
        });
    return results;
  }

  /** The number that an expression gives for every group. */
  List<Figure> compute(Rule.Part part) {
    @Nullable String[] failures = new String[batch.size()];
    RowErrors errors = (rows, row, message) -> failures[row] = message;
    DoubleColumn values = (DoubleColumn) part.expression().evaluate(batch, errors);
    List<Figure> figures = new ArrayList<>();
    for (int row = 0; row < values.size(); row++) {
      String failure = failures[row];
      figures.add(
          failure != null
              ? Figure.absent(failure)
              : values.isNull(row)
                  ? Figure.absent(whyNull(part, row))
                  : Figure.of(values.get(row)));
    }
    return figures;
  }

  private String whyNull(Rule.Part part, int row) {
    for (String name : part.columns()) {
      Figure figure = groups.get(row).get(name);
      if (figure != null && figure.isAbsent()) {
        return name.equals(part.text()) ? figure.reason() : name + ": " + figure.reason();
      }
    }
    return "null";
  }
}
