package io.github.beamml.serving;

import io.github.beamml.engine.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a foreign ONNX model reads and gives: which columns make which input tensor, and which
 * output becomes which column. Immutable.
 *
 * <pre>{@code
 * OnnxSignature.ofOutput("probabilities").as("scores").withInput("X", "distance", "hour")
 * }</pre>
 */
public final class OnnxSignature implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, ArrayList<String>> inputs;
  private final String output;
  private final String column;

  private OnnxSignature(Map<String, List<String>> inputs, String output, String column) {
    this.inputs = new TreeMap<>();
    inputs.forEach((tensor, columns) -> this.inputs.put(tensor, new ArrayList<>(columns)));
    this.output = output;
    this.column = column;
  }

  /** A model whose output tensor of this name becomes a column of this name. */
  public static OnnxSignature ofOutput(String output) {
    return new OnnxSignature(Map.of(), output, output);
  }

  /** Calls the output's column otherwise. */
  public OnnxSignature as(String newColumn) {
    return new OnnxSignature(inputs(), output, newColumn);
  }

  /**
   * Fills an input tensor of [rows, columns] from columns in this order.
   *
   * @throws InvalidInputException if there is no column
   */
  public OnnxSignature withInput(String tensor, String... columns) {
    return withInput(tensor, List.of(columns));
  }

  /** As {@link #withInput(String, String...)}. */
  public OnnxSignature withInput(String tensor, List<String> columns) {
    if (columns.isEmpty()) {
      throw InvalidInputException.of("inputs." + tensor, "no columns", "at least one column");
    }
    Map<String, List<String>> more = new TreeMap<>(inputs);
    more.put(tensor, columns);
    return new OnnxSignature(more, output, column);
  }

  /** The columns by input tensor. */
  public Map<String, List<String>> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  public String output() {
    return output;
  }

  /** The column that the output becomes. */
  public String column() {
    return column;
  }
}
