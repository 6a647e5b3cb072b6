package io.github.beamml.core.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Functions one after the other, with the rows that one refuses turned into dead letters. */
final class BatchPipe implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<BatchFn> functions;

  private BatchPipe(List<BatchFn> functions) {
    this.functions = new ArrayList<>(functions);
  }

  static BatchPipe of(List<BatchFn> functions) {
    return new BatchPipe(functions);
  }

  BatchPipe then(BatchFn function) {
    List<BatchFn> longer = new ArrayList<>(functions);
    longer.add(function);
    return new BatchPipe(longer);
  }

  RowSchema outputSchema(RowSchema input) {
    RowSchema schema = input;
    for (BatchFn function : functions) {
      schema = function.outputSchema(schema);
    }
    return schema;
  }

  RowBatch apply(RowBatch batch, Consumer<BadRecord> bad) {
    RowBatch result = batch;
    for (BatchFn function : functions) {
      result =
          function.apply(
              result,
              (rejected, row, message) ->
                  bad.accept(badRecord(function.name(), rejected, row, message)));
    }
    return result;
  }

  /** The row as canonical JSON, so that it can be read and sent again. */
  static BadRecord badRecord(String component, RowBatch batch, int row, String message) {
    ObjectNode json = CanonicalJson.object();
    String origin = "row";
    for (int i = 0; i < batch.schema().size(); i++) {
      Field field = batch.schema().field(i);
      Column column = batch.column(i);
      if (field.equals(Field.ROW_KEY)) {
        origin = "row " + Hex.of((byte[]) java.util.Objects.requireNonNull(column.value(row)));
      } else if (!field.isSystem()) {
        json.set(asciiKey(field.name()), toJson(column.value(row)));
      }
    }
    return new BadRecord(
        CanonicalJson.bytes(json), BadRecord.NOT_COMPUTABLE, message, component, origin);
  }

  private static String asciiKey(String name) {
    StringBuilder key = new StringBuilder();
    name.chars().forEach(c -> key.append(c < 0x80 ? String.valueOf((char) c) : "\\u" + Hex.of(c)));
    return key.toString();
  }

  private static com.fasterxml.jackson.databind.JsonNode toJson(@Nullable Object value) {
    var nodes = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
    if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    }
    if (value instanceof Long number) {
      return nodes.textNode(CanonicalJson.int64(number));
    }
    if (value instanceof Double number) {
      boolean plain = !number.isNaN() && !number.isInfinite();
      return plain ? nodes.numberNode(number) : nodes.textNode(CanonicalJson.float64(number));
    }
    if (value instanceof byte[] bytes) {
      return nodes.textNode(Hex.of(bytes));
    }
    if (value instanceof double[] array) {
      var list = nodes.arrayNode();
      for (double element : array) {
        list.add(toJson(element));
      }
      return list;
    }
    return value == null ? nodes.nullNode() : nodes.textNode((String) value);
  }
}
