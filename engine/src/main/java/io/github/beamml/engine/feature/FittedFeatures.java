package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.DoublesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to transform a row: the plan, the columns it reads, and what fitting found.
 * Immutable; for many threads.
 *
 * <p>A row's result depends on that row alone: a batch of one gives the same bits as a batch of
 * thousands. Its bytes are canonical JSON without any code: the same plan and the same training
 * rows give the same bytes everywhere.
 */
public final class FittedFeatures implements Fitting {
  private static final long serialVersionUID = 1L;

  /** The name of the file that holds {@link #toBytes} in artifacts. */
  public static final String FILE_NAME = "features.json";

  private static final String FORMAT = "beamml-features/1";
  private static final String READING = "read fitted features";

  private final transient FeaturePlan plan;
  private final transient BoundPlan bound;
  private final transient @Nullable Kernel[] kernels;
  private final transient List<String> slots;

  /** How many numbers each feature column holds. */
  private final transient int[] widths;

  private final byte[] bytes;
  private transient volatile @Nullable BoundPlan lastBound;

  private FittedFeatures(FeaturePlan plan, BoundPlan bound, FitProgress progress, byte[] bytes) {
    this.plan = plan;
    this.bound = bound;
    this.kernels = progress.kernels(bound.nodes());
    this.bytes = bytes;
    this.slots = slots(bound, kernels);
    this.widths =
        bound.features().stream().mapToInt(name -> slots(bound, kernels, name).size()).toArray();
    this.lastBound = bound;
  }

  static FittedFeatures of(
      FeaturePlan plan, RowSchema requiredInput, long rows, FitProgress progress) {
    BoundPlan bound = plan.bind(requiredInput);
    ObjectNode json = CanonicalJson.object().put("format", FORMAT);
    json.set("plan", plan.toJson());
    ArrayNode input = json.putArray("input");
    for (Field field : requiredInput.fields()) {
      input.addObject().put("name", field.name()).put("type", field.type().label());
    }
    json.put("rows", CanonicalJson.int64(rows));
    ArrayNode values = json.putArray("fitted");
    progress
        .fitted()
        .forEach(
            (index, value) -> {
              Node node = bound.nodes().get(index);
              ObjectNode entry = values.addObject().put("step", node.step());
              entry.put("column", node.column());
              entry.set("value", value);
            });
    return new FittedFeatures(plan, bound, progress, CanonicalJson.bytes(json));
  }

  /**
   * Reads what {@link #toBytes} gave.
   *
   * @throws CannotException if the bytes are anything else, or of a later format
   */
  public static FittedFeatures parse(byte[] bytes) {
    JsonNode json = CanonicalJson.parse(FILE_NAME, bytes);
    if (!json.path("format").asText().equals(FORMAT)) {
      throw CannotException.to(
          READING, "the format is " + json.path("format") + ", this library reads " + FORMAT);
    }
    try {
      FeaturePlan plan = FeaturePlan.fromJson(json.path("plan"));
      BoundPlan bound = plan.bind(input(json.path("input")));
      long rows = Long.parseLong(json.path("rows").asText());
      FittedFeatures read =
          of(plan, bound.input(), rows, progress(bound.nodes(), json.path("fitted")));
      if (!Arrays.equals(read.bytes, bytes)) {
        throw CannotException.to(READING, "they are not in canonical form");
      }
      return read;
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw CannotException.to(READING, String.valueOf(e.getMessage()), e);
    }
  }

  private static RowSchema input(JsonNode json) {
    ArrayNode fields = CanonicalJson.array();
    for (JsonNode field : json) {
      fields
          .addObject()
          .put("name", field.path("name").asText())
          .put("type", field.path("type").asText())
          .put("nullable", true);
    }
    return RowSchema.fromJson(fields);
  }

  private static FitProgress progress(List<Node> nodes, JsonNode entries) {
    FitProgress progress = new FitProgress();
    int next = 0;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.fit() != null) {
        JsonNode entry = entries.path(next++);
        if (entry.path("step").asInt(-1) != node.step()
            || !entry.path("column").asText().equals(node.column())) {
          throw CannotException.to(
              READING, "what " + node.place() + " fitted to " + node.column() + " is missing");
        }
        progress.fitted().put(i, entry.path("value"));
      }
    }
    if (next != entries.size()) {
      throw CannotException.to(
          READING, entries.size() + " fitted values where the plan has " + next);
    }
    return progress;
  }

  /** The canonical bytes: content of the file {@code features.json}. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** SHA-256 of {@link #toBytes}: equal for the same plan and the same training rows. */
  public Digest digest() {
    return Digest.of(bytes);
  }

  public FeaturePlan plan() {
    return plan;
  }

  /**
   * The columns that the plan reads, by name, each as one that may be null: what a row must have to
   * be transformed.
   */
  public RowSchema inputSchema() {
    return bound.input();
  }

  /**
   * The columns that come out for rows of this schema.
   *
   * @throws InvalidInputException if a column is missing or of another type than in fitting
   */
  public RowSchema outputSchema(RowSchema input) {
    return bindTo(input).outputSchema();
  }

  /** The columns of the output that a model reads, in order. */
  public List<String> featureColumns() {
    return bound.features();
  }

  /**
   * The names of the numbers that a model reads, in order: a feature's own name, or for a one-hot
   * column {@code carrier=UA} and so on.
   */
  public List<String> slots() {
    return slots;
  }

  /** The names of the numbers in one feature column. */
  public List<String> slots(String featureColumn) {
    return slots(bound, kernels, featureColumn);
  }

  private static List<String> slots(BoundPlan bound, @Nullable Kernel[] kernels) {
    List<String> slots = new ArrayList<>();
    for (String feature : bound.features()) {
      slots.addAll(slots(bound, kernels, feature));
    }
    return List.copyOf(slots);
  }

  private static List<String> slots(BoundPlan bound, @Nullable Kernel[] kernels, String feature) {
    int index = bound.sourceIndex(bound.outputValue(feature));
    Kernel kernel = index < 0 ? null : kernels[index];
    List<String> slots = kernel == null ? List.of() : kernel.slots();
    return slots.isEmpty() ? List.of(feature) : slots;
  }

  /**
   * Transforms batches whose schema has the columns of {@link #inputSchema}, and may have others.
   */
  public BatchFn fn() {
    return new ApplyFn(this);
  }

  /** See {@link #fn()}. */
  private record ApplyFn(FittedFeatures features) implements BatchFn {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "apply-features";
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      return features.outputSchema(input);
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      return features.apply(batch, errors);
    }
  }

  /**
   * Transforms a batch; see {@link #fn()}.
   *
   * @throws InvalidInputException if a column is missing or of another type than in fitting
   */
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    BoundPlan here = bindTo(batch.schema());
    Rejections rejections = new Rejections(batch.size());
    @Nullable Column[] columns = here.run(batch, kernels, here.outputNodes(), rejections);
    if (rejections.isEmpty()) {
      return here.output(columns, batch.size());
    }
    int[] kept = rejections.report(batch, errors);
    return here.output(columns, batch.size()).take(kept);
  }

  /**
   * Writes the numbers that a model reads, column by column in the order of {@link #slots}; null
   * becomes NaN.
   *
   * @param transformed what {@link #apply} gave
   * @param matrix one array a slot
   * @param from the position in each array where the first row goes
   */
  public void fillMatrix(RowBatch transformed, double[][] matrix, int from) {
    int slot = 0;
    for (int i = 0; i < widths.length; i++) {
      Column column = transformed.column(bound.features().get(i));
      int width = widths[i];
      if (column instanceof DoublesColumn arrays) {
        fill(arrays, width, matrix, slot, from);
      } else {
        fill(column, matrix[slot], from);
      }
      slot += width;
    }
  }

  /** One row of numbers in the order of {@link #slots}; null becomes NaN. */
  public double[] vector(RowBatch transformed, int row) {
    double[] vector = new double[slots.size()];
    int slot = 0;
    for (int i = 0; i < widths.length; i++) {
      Column column = transformed.column(bound.features().get(i));
      if (column.isNull(row)) {
        Arrays.fill(vector, slot, slot + widths[i], Double.NaN);
      } else if (column instanceof DoublesColumn arrays) {
        requireWidth(arrays, row, widths[i]);
        System.arraycopy(arrays.values(), arrays.offset(row), vector, slot, widths[i]);
      } else if (column instanceof LongColumn longs) {
        vector[slot] = longs.get(row);
      } else {
        vector[slot] = ((DoubleColumn) column).get(row);
      }
      slot += widths[i];
    }
    return vector;
  }

  private static void requireWidth(DoublesColumn column, int row, int width) {
    if (column.length(row) != width) {
      throw new IllegalArgumentException(
          column.length(row) + " numbers where " + width + " are due");
    }
  }

  private static void fill(Column column, double[] target, int from) {
    double[] values = Numbers.doubles(column);
    System.arraycopy(values, 0, target, from, values.length);
    if (column.hasNulls()) {
      for (int row = 0; row < values.length; row++) {
        if (column.isNull(row)) {
          target[from + row] = Double.NaN;
        }
      }
    }
  }

  private static void fill(DoublesColumn column, int width, double[][] matrix, int slot, int from) {
    double[] values = column.values();
    for (int row = 0; row < column.size(); row++) {
      boolean missing = column.isNull(row);
      if (!missing) {
        requireWidth(column, row, width);
      }
      int offset = column.offset(row);
      for (int i = 0; i < width; i++) {
        matrix[slot + i][from + row] = missing ? Double.NaN : values[offset + i];
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same schema object in every batch is the usual case
  private BoundPlan bindTo(RowSchema input) {
    BoundPlan last = lastBound;
    if (last != null && (last.input() == input || last.input().equals(input))) {
      return last;
    }
    for (Field field : bound.input().fields()) {
      Field found = input.field(input.position(field.name()));
      if (found.type() != field.type()) {
        throw InvalidInputException.because(
            field.name(),
            "column is "
                + found.type().label()
                + " (must be "
                + field.type().label()
                + " as in fitting)");
      }
    }
    BoundPlan here = plan.bind(input);
    lastBound = here;
    return here;
  }

  /** The bytes, for the job's graph. */
  private record Serialized(byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      return parse(bytes);
    }
  }

  private Object writeReplace() {
    return new Serialized(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FittedFeatures that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "fitted features " + digest().abbreviated() + ", " + slots.size() + " numbers";
  }
}
