package io.github.beamml.features;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Fitting;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.lookup.LookupTable;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.split.SplitPart;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Feature plans on rows: fit to training rows, apply to all.
 *
 * <pre>{@code
 * FeaturePlan plan = FeaturePlan.of(impute("temp").withMedian(), standardize("temp"), oneHot("carrier"));
 * Split split = Split.byTime("sched_dep").validationFrom("2013-10-01").testFrom("2013-11-01");
 *
 * Features features =
 *     flights.apply(Features.fit(plan).on(split.train()).label("late", "arr_delay > 15.0"));
 * PCollection<Row> training = features.rows(split.train());
 * }</pre>
 *
 * <p>The fitted features are the same bytes on every runner, at any parallelism and in any order of
 * the rows. Fitting wants bounded rows in the global window; applying takes any.
 */
public final class Features implements POutput {
  private static final TupleTag<FittedFeatures> FITTED = new TupleTag<>("fitted") {};

  private final PCollection<Row> input;
  private final PCollection<FittedFeatures> fitted;
  private final PCollectionView<Fitting> view;
  private final List<String> inputColumns;
  private final Schema outputSchema;

  Features(
      PCollection<Row> input,
      PCollection<FittedFeatures> fitted,
      PCollection<Fitting> fitting,
      List<String> inputColumns,
      RowSchema outputSchema) {
    this.input = input;
    this.fitted = fitted;
    this.inputColumns = List.copyOf(inputColumns);
    this.view = fitting.apply("FittedView", View.asSingleton());
    this.outputSchema = BeamRows.toBeamSchema(outputSchema);
  }

  /** Fits a plan to rows; to all of them, unless {@link FitFeatures#on} names a part. */
  public static FitFeatures fit(FeaturePlan plan) {
    return FitFeatures.of(plan);
  }

  /**
   * Transforms rows by features fitted before; batch, stream and single rows give equal bits. A row
   * that cannot be computed fails, unless {@link ApplyToRows#keepingDeadLetters} is asked for.
   */
  public static ApplyToRows apply(FittedFeatures features) {
    return ApplyToRows.of(features.fn());
  }

  /**
   * As {@link #apply(FittedFeatures)}, read from a file when the pipeline is built.
   *
   * @param location of a {@code features.json}, on any file system that Beam knows
   * @throws CannotException if it cannot be read or is no such file
   */
  public static ApplyToRows applyFrom(String location) {
    return apply(read(location));
  }

  /** Adds columns of a small table to rows. */
  public static ApplyToRows lookup(Lookup lookup, LookupTable table) {
    return ApplyToRows.of(lookup.fn(table));
  }

  /**
   * Reads fitted features.
   *
   * @throws CannotException if the file cannot be read or holds something else
   */
  public static FittedFeatures read(String location) {
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(location, false)))) {
      return FittedFeatures.parse(in.readAllBytes());
    } catch (FileNotFoundException e) {
      throw CannotException.to("read fitted features " + location, "there is no such file", e);
    } catch (IOException e) {
      throw CannotException.to(
          "read fitted features " + location, String.valueOf(e.getMessage()), e);
    }
  }

  /** The fitted features: one element. */
  public PCollection<FittedFeatures> fitted() {
    return fitted;
  }

  /** The columns that the features read, known before they are fitted. */
  public List<String> inputColumns() {
    return inputColumns;
  }

  /** All rows, transformed. */
  public PCollection<Row> rows() {
    return transformed("AllRows", input);
  }

  /** The rows of a part of a split, transformed. The split reads the rows as they came in. */
  public PCollection<Row> rows(SplitPart part) {
    String name = part.part().label();
    PCollection<Row> selected =
        input.apply("Select " + name, ApplyToRows.of(part.fn())).get(ApplyToRows.ROWS);
    return transformed("Rows " + name, selected);
  }

  private PCollection<Row> transformed(String name, PCollection<Row> rows) {
    RowSchema schema = BeamRows.toRowSchema(rows.getSchema());
    return rows.apply(
            name, ParDo.of(new ApplyFittedFn(schema, outputSchema, view)).withSideInputs(view))
        .setRowSchema(outputSchema);
  }

  /** Writes the fitted features into a file that {@link #applyFrom} reads; gives its name. */
  public PCollection<String> writeTo(String location) {
    return fitted.apply("WriteFeatures", ParDo.of(new WriteFeaturesFn(location)));
  }

  @Override
  public Pipeline getPipeline() {
    return input.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(FITTED, fitted);
  }

  @Override
  public void finishSpecifyingOutput(String transformName, PInput in, PTransform<?, ?> transform) {}
}
