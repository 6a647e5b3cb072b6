package io.github.beamml.engine.protection;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.SecretReference;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.engine.row.ValueType;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Protects personal columns: {@code drop} removes a column; {@code mask} replaces every text by
 * {@code ***}; {@code hmac env:NAME} or {@code hmac file:PATH} replaces it by its HMAC-SHA256 (RFC
 * 2104) as hexadecimal digits, under a key that is resolved on the worker, so that equal values
 * stay equal. Nulls stay null.
 */
public final class ProtectFn implements BatchFn {
  private static final long serialVersionUID = 1L;
  private static final String MASK = "***";
  private static final String HMAC = "hmac ";

  private final TreeMap<String, String> rules;

  private ProtectFn(Map<String, String> rules) {
    this.rules = new TreeMap<>(rules);
  }

  /**
   * @param rules {@code drop}, {@code mask} or {@code hmac REFERENCE} by column
   * @throws InvalidInputException if a rule is none of these
   */
  public static ProtectFn of(Map<String, String> rules) {
    rules.forEach(ProtectFn::check);
    return new ProtectFn(rules);
  }

  private static void check(String column, String rule) {
    boolean hmac =
        rule.startsWith(HMAC) && SecretReference.isReference(rule.substring(HMAC.length()));
    if (!hmac && !rule.equals("drop") && !rule.equals("mask")) {
      throw InvalidInputException.of(
          "pii." + column, rule, "drop, mask, or hmac with env:NAME or file:PATH");
    }
  }

  @Override
  public String name() {
    return "protect";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    rules.forEach(
        (column, rule) -> {
          Field field = input.field(input.position(column, "pii." + column));
          if (!rule.equals("drop") && field.type() != ValueType.STRING) {
            throw InvalidInputException.of(
                "pii." + column,
                rule,
                "drop: only strings can be masked, it is " + field.type().label());
          }
        });
    return input.keep(field -> !"drop".equals(rules.get(field.name())));
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    RowBatch result = batch.select(outputSchema(batch.schema()).names());
    for (Map.Entry<String, String> entry : rules.entrySet()) {
      if (!entry.getValue().equals("drop")) {
        StringColumn column = (StringColumn) result.column(entry.getKey());
        result =
            result.with(
                result.schema().field(entry.getKey()), replace(column, operator(entry.getValue())));
      }
    }
    return result;
  }

  private static StringColumn replace(StringColumn column, UnaryOperator<String> operator) {
    String[] dictionary = column.dictionary().clone();
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = operator.apply(dictionary[i]);
    }
    return StringColumn.of(dictionary, column.codes(), column.nulls());
  }

  private static UnaryOperator<String> operator(String rule) {
    if (rule.equals("mask")) {
      return text -> MASK;
    }
    String key = new SecretReference(rule.substring(HMAC.length())).resolve();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Utf8.bytes(key), "HmacSHA256"));
      return text -> Hex.of(mac.doFinal(Utf8.bytes(text)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
