package io.github.beamml.engine.feature;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns there are while the steps of a plan are bound one after the other. Every version of a
 * column is a value with a number: what comes in has the numbers of the input's fields, and a step
 * that rewrites a column makes a new value under the old name.
 */
final class Scope {
  static final Set<ValueType> NUMERIC =
      EnumSet.of(ValueType.DOUBLE, ValueType.INT64, ValueType.BOOLEAN);
  static final Set<ValueType> TERMS =
      EnumSet.of(ValueType.STRING, ValueType.INT64, ValueType.BOOLEAN);
  private static final Set<ValueType> FEATURES =
      EnumSet.of(ValueType.DOUBLE, ValueType.INT64, ValueType.BOOLEAN, ValueType.DOUBLES);

  /**
   * A version of a column.
   *
   * @param label the name, and behind it the version if it is not the first
   * @param level how many passes must have been fitted before it can be computed
   */
  record Value(String label, ValueType type, boolean nullable, int level) {}

  private final RowSchema input;
  private final String key;
  private final List<Value> values = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Set<Integer> usedInputs = new LinkedHashSet<>();
  private LinkedHashMap<String, Integer> columns = new LinkedHashMap<>();
  private LinkedHashSet<String> features = new LinkedHashSet<>();
  private int step;
  private String stepName = "";

  Scope(RowSchema input, String key) {
    this.input = input;
    this.key = key;
    for (Field field : input.fields()) {
      columns.put(field.name(), values.size());
      versions.put(field.name(), 0);
      values.add(new Value(field.name(), field.type(), field.nullable(), 0));
    }
  }

  /** Binds the next step. */
  void bind(int position, Step next) {
    step = position;
    stepName = next.name();
    next.bind(this);
  }

  BoundPlan finish() {
    return new BoundPlan(input, values, nodes, columns, features, usedInputs);
  }

  /** The place of a parameter of the step being bound, such as {@code features[1].columns}. */
  String place(String parameter) {
    return key + "[" + step + "]." + parameter;
  }

  Value value(int id) {
    return values.get(id);
  }

  /**
   * The value that a column has now.
   *
   * @throws InvalidInputException if there is no such column, or it is the library's own
   */
  int column(String name, String parameter) {
    Integer id = columns.get(name);
    if (id == null) {
      List<String> known = columns.keySet().stream().filter(c -> !isSystem(c)).toList();
      String kind = step == 0 ? "a column of the input" : kindOfMissing(name);
      throw InvalidInputException.unknown(place(parameter), name, kind, known);
    }
    if (isSystem(name)) {
      throw InvalidInputException.because(
          place(parameter), name + " is a column of the library's own and no data");
    }
    if (id < input.size()) {
      usedInputs.add(id);
    }
    return id;
  }

  /** The columns that there are now, without the library's own. */
  RowSchema dataColumns() {
    List<Field> fields = new ArrayList<>();
    columns.forEach(
        (name, id) -> {
          if (!isSystem(name)) {
            fields.add(new Field(name, value(id).type(), value(id).nullable()));
          }
        });
    return RowSchema.of(fields);
  }

  private String kindOfMissing(String name) {
    return input.has(name)
        ? "a column any more, a step before dropped or renamed it"
        : "a column of the input";
  }

  /**
   * As {@link #column}, of one of these types.
   *
   * @throws InvalidInputException if it has another type
   */
  int column(String name, String parameter, Set<ValueType> types) {
    int id = column(name, parameter);
    if (!types.contains(value(id).type())) {
      String expected = types.stream().map(ValueType::label).collect(Collectors.joining(", "));
      throw InvalidInputException.because(
          place(parameter),
          "column "
              + name
              + " is "
              + value(id).type().label()
              + " (must be one of "
              + expected
              + " for "
              + stepName
              + ")");
    }
    return id;
  }

  /** What a node puts out: a column of this name, new or rewritten. */
  record Output(String name, ValueType type, boolean nullable) {}

  /**
   * Adds work that needs no fitting.
   *
   * @param outputKey the parameter that names the outputs, for messages
   */
  void compute(String column, int[] inputs, List<Output> outputs, String outputKey, Kernel kernel) {
    add(column, inputs, outputs, outputKey, null, fitted -> kernel);
  }

  /** Adds work whose kernel is made from what was fitted to the first of the inputs. */
  void fit(
      String column,
      int[] inputs,
      List<Output> outputs,
      String outputKey,
      Fit fit,
      Node.KernelFactory kernels) {
    add(column, inputs, outputs, outputKey, fit, kernels);
  }

  private void add(
      String column,
      int[] inputs,
      List<Output> outputs,
      String outputKey,
      @Nullable Fit fit,
      Node.KernelFactory kernels) {
    int level = 0;
    for (int id : inputs) {
      level = Math.max(level, value(id).level());
    }
    int[] ids = new int[outputs.size()];
    for (int i = 0; i < ids.length; i++) {
      Output output = outputs.get(i);
      if (!output.name().equals(column)) {
        requireNew(output.name(), outputKey);
      }
      ids[i] = define(output, fit == null ? level : level + 1);
    }
    String place = key + "[" + step + "]." + stepName;
    nodes.add(new Node(step, place, column, inputs, ids, level, fit, kernels));
  }

  private int define(Output output, int level) {
    int version = versions.merge(output.name(), 1, (old, one) -> old + 1);
    String label = version == 0 ? output.name() : output.name() + "#" + version;
    int id = values.size();
    values.add(new Value(label, output.type(), output.nullable(), level));
    columns.put(output.name(), id);
    if (FEATURES.contains(output.type())) {
      features.add(output.name());
    } else {
      features.remove(output.name());
    }
    return id;
  }

  private void requireNew(String name, String outputKey) {
    if (isSystem(name)) {
      throw InvalidInputException.of(
          place(outputKey), name, "a name without _ at its start: these are the library's own");
    }
    if (columns.containsKey(name)) {
      throw InvalidInputException.because(
          place(outputKey), name + " is a column already (give another name with as)");
    }
  }

  /** Makes a column a feature as it is. */
  void keep(String name, String parameter) {
    column(name, parameter, FEATURES);
    features.add(name);
  }

  void drop(String name, String parameter) {
    column(name, parameter);
    columns.remove(name);
    features.remove(name);
  }

  /** Drops all columns but these and the library's own. */
  void select(Collection<String> names) {
    LinkedHashMap<String, Integer> selected = new LinkedHashMap<>();
    names.forEach(name -> selected.put(name, columns.get(name)));
    columns.forEach(
        (name, id) -> {
          if (isSystem(name)) {
            selected.put(name, id);
          }
        });
    columns = selected;
    features.retainAll(selected.keySet());
  }

  /** Gives a column another name in its place. */
  void rename(String from, String to, String parameter) {
    column(from, parameter);
    requireNew(to, "as");
    LinkedHashMap<String, Integer> renamed = new LinkedHashMap<>();
    columns.forEach((name, id) -> renamed.put(name.equals(from) ? to : name, id));
    columns = renamed;
    LinkedHashSet<String> named = new LinkedHashSet<>();
    features.forEach(name -> named.add(name.equals(from) ? to : name));
    features = named;
  }

  private static boolean isSystem(String name) {
    return name.startsWith(Field.SYSTEM_PREFIX);
  }
}
