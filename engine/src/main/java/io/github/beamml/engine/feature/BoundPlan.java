package io.github.beamml.engine.feature;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan against the columns of one input: values by number, and the work from values to values.
 */
final class BoundPlan {
  private final RowSchema input;
  private final List<Scope.Value> values;
  private final List<Node> nodes;
  private final Map<String, Integer> outputs;
  private final List<String> features;
  private final RowSchema outputSchema;
  private final RowSchema requiredInput;
  private final boolean[] outputNodes;
  private final int[] outputIds;

  BoundPlan(
      RowSchema input,
      List<Scope.Value> values,
      List<Node> nodes,
      Map<String, Integer> outputs,
      Set<String> features,
      Set<Integer> usedInputs) {
    this.input = input;
    this.values = List.copyOf(values);
    this.nodes = List.copyOf(nodes);
    this.outputs = outputs;
    this.features = List.copyOf(features);
    List<Field> fields = new ArrayList<>();
    outputs.forEach(
        (name, id) ->
            fields.add(new Field(name, values.get(id).type(), values.get(id).nullable())));
    this.outputSchema = RowSchema.of(fields);
    this.requiredInput =
        RowSchema.of(
            usedInputs.stream()
                .map(id -> Field.nullable(input.field(id).name(), input.field(id).type()))
                .sorted(Comparator.comparing(Field::name, Utf8.ORDER))
                .toList());
    this.outputNodes = nodesFor(outputs.values());
    this.outputIds = outputs.values().stream().mapToInt(Integer::intValue).toArray();
  }

  RowSchema input() {
    return input;
  }

  List<Node> nodes() {
    return nodes;
  }

  int valueCount() {
    return values.size();
  }

  Scope.Value value(int id) {
    return values.get(id);
  }

  RowSchema outputSchema() {
    return outputSchema;
  }

  /** Names of the columns that a model reads, in order. */
  List<String> features() {
    return features;
  }

  /** The columns that the plan reads, by name, without nullability: what identifies its input. */
  RowSchema requiredInput() {
    return requiredInput;
  }

  /** Passes over the training rows, if no quantile needs a further one. */
  int depth() {
    return nodes.stream()
        .filter(node -> node.fit() != null)
        .mapToInt(node -> node.level() + 1)
        .max()
        .orElse(0);
  }

  /** The position of the node that makes a value; -1 for a column of the input. */
  int sourceIndex(int id) {
    for (int i = 0; i < nodes.size(); i++) {
      for (int output : nodes.get(i).outputs()) {
        if (output == id) {
          return i;
        }
      }
    }
    return -1;
  }

  int outputValue(String column) {
    Integer id = outputs.get(column);
    if (id == null) {
      throw new IllegalArgumentException("no output " + column);
    }
    return id;
  }

  /** The nodes that must run to have these values. */
  boolean[] nodesFor(Iterable<Integer> wanted) {
    boolean[] needed = new boolean[values.size()];
    wanted.forEach(id -> needed[id] = true);
    boolean[] run = new boolean[nodes.size()];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      run[i] = Arrays.stream(node.outputs()).anyMatch(id -> needed[id]);
      if (run[i]) {
        for (int id : node.inputs()) {
          needed[id] = true;
        }
      }
    }
    return run;
  }

  /**
   * The outputs of the nodes that may reject rows when the plan is applied and can run by now.
   *
   * @param kernels of the nodes; null where one is not fitted yet
   */
  List<Integer> rejecting(@Nullable Kernel[] kernels) {
    boolean[] known = new boolean[values.size()];
    Arrays.fill(known, 0, input.size(), true);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < kernels.length; i++) {
      Node node = nodes.get(i);
      Kernel kernel = kernels[i];
      if (kernel != null && Arrays.stream(node.inputs()).allMatch(id -> known[id])) {
        for (int id : node.outputs()) {
          known[id] = true;
          if (kernel.rejects() && outputNodes[i]) {
            found.add(id);
          }
        }
      }
    }
    return found;
  }

  /** The nodes that must run to have the output; only to be read. */
  boolean[] outputNodes() {
    return outputNodes;
  }

  /**
   * The values of a batch after the nodes named have run; null for those that were not computed.
   * What is not needed for the output rejects no row, as it is not computed when the plan is
   * applied.
   */
  @Nullable Column[] run(
      RowBatch batch, @Nullable Kernel[] kernels, boolean[] run, Rejections rejections) {
    @Nullable Column[] columns = new @Nullable Column[values.size()];
    for (int i = 0; i < input.size(); i++) {
      columns[i] = batch.column(i);
    }
    for (int i = 0; i < run.length; i++) {
      Kernel kernel = kernels[i];
      if (run[i] && kernel != null) {
        Node node = nodes.get(i);
        Rejections counted = outputNodes[i] ? rejections : new Rejections(batch.size());
        Column[] made = kernel.apply(pick(columns, node.inputs()), batch.size(), counted);
        for (int k = 0; k < made.length; k++) {
          columns[node.outputs()[k]] = made[k];
        }
      }
    }
    return columns;
  }

  /** The batch that the plan puts out. */
  RowBatch output(@Nullable Column[] columns, int rows) {
    return RowBatch.of(outputSchema, Arrays.asList(pick(columns, outputIds)), rows);
  }

  private static Column[] pick(@Nullable Column[] columns, int[] ids) {
    Column[] picked = new Column[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Column column = columns[ids[i]];
      if (column == null) {
        throw new IllegalStateException("value " + ids[i] + " was not computed");
      }
      picked[i] = column;
    }
    return picked;
  }
}
