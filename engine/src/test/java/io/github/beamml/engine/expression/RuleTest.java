package io.github.beamml.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
  private static final RowSchema FIGURES =
      RowSchema.of(
          Field.nullable("auc", ValueType.DOUBLE),
          Field.nullable("auc.low", ValueType.DOUBLE),
          Field.nullable("auc.high", ValueType.DOUBLE),
          Field.nullable("f1", ValueType.DOUBLE),
          Field.nullable("rows", ValueType.DOUBLE),
          Field.nullable("by", ValueType.DOUBLE),
          Field.nullable("a by b >= c where d", ValueType.DOUBLE));

  @Test
  void aRuleIsReadInAllItsParts() {
    Rule rule = read("  auc.low - f1 by month( at , 'UTC')>=0.60 where rows >= 500 && f1 > 0.2 ");
    assertThat(rule.text())
        .isEqualTo("auc.low - f1 by month( at , 'UTC')>=0.60 where rows >= 500 && f1 > 0.2");
    assertThat(rule.left().text()).isEqualTo("auc.low - f1");
    assertThat(rule.left().columns()).containsExactly("auc.low", "f1");
    assertThat(rule.by()).contains("month( at , 'UTC')");
    assertThat(rule.compare()).isEqualTo(">=");
    assertThat(rule.right().text()).isEqualTo("0.60");
    assertThat(rule.right().columns()).isEmpty();
    assertThat(rule.where())
        .hasValueSatisfying(
            where -> {
              assertThat(where.text()).isEqualTo("rows >= 500 && f1 > 0.2");
              assertThat(where.columns()).containsExactly("rows", "f1");
            });
  }

  @Test
  void byAndWhereAreWordsBetweenThePartsAlone() {
    Rule rule = read("by by carrier + ' where by' > `a by b >= c where d` where by > 1");
    assertThat(rule.left().text()).isEqualTo("by");
    assertThat(rule.by()).contains("carrier + ' where by'");
    assertThat(rule.right().columns()).containsExactly("a by b >= c where d");
    assertThat(rule.where())
        .hasValueSatisfying(where -> assertThat(where.columns()).containsExactly("by"));
  }

  @Test
  void aSliceThatComparesStandsInBrackets() {
    assertThat(read("auc by (distance > 1000 || far) >= 0.6").by())
        .contains("distance > 1000 || far");
    assertThat(read("auc by (a + b) * 2 >= 0.6").by()).contains("(a + b) * 2");
  }

  @Test
  void bothSidesAreDoubles() {
    Rule rule = read("auc.high - auc.low <= int('1')");
    RowBatch row = RowBatch.builder(FIGURES).addRow(0.7, 0.5, 0.75, 0.1, 9.0).build();
    assertThat(rule.left().expression().evaluate(row, RowErrors.fail()).value(0)).isEqualTo(0.25);
    assertThat(rule.right().expression().evaluate(row, RowErrors.fail()).value(0)).isEqualTo(1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "auk.low >= 0.6 # auk.low is not a figure (did you mean auc.low?) at position 1 of"
            + " \"auk.low >= 0.6\"",
        "auc by x >= 0.6 where row > 5 # row is not a figure (did you mean rows?) at position 23"
            + " of \"auc by x >= 0.6 where row > 5\"",
        "auc by x >= 0.6 where rows > 5 and f1 > 0 # unexpected and (did you mean &&?) at position"
            + " 32 of \"auc by x >= 0.6 where rows > 5 and f1 > 0\"",
        "auc by x >= 0.6 wher rows > 5 # unexpected wher (did you mean where?) at position 17 of"
            + " \"auc by x >= 0.6 wher rows > 5\"",
        "auc and f1 >= 0.6 # unexpected and (did you mean &&?) at position 5 of \"auc and f1 >="
            + " 0.6\"",
        "auc >= 0.6 by x # by must stand before the comparison at position 12 of \"auc >= 0.6 by"
            + " x\"",
        "auc >= 0.6 where rows > 5 # where chooses among slices, and there is no by at position 12"
            + " of \"auc >= 0.6 where rows > 5\"",
        "auc == 0.6 # a gate compares with >=, >, <= or <, not == at position 5 of \"auc =="
            + " 0.6\"",
        "auc => 0.6 # unexpected = (did you mean >=?) at position 5 of \"auc => 0.6\"",
        "auc 0.6 # unexpected 0.6 at position 5 of \"auc 0.6\"",
        "auc >= 0.6 && f1 > 0.5 # unexpected && at position 12" + " of \"auc >= 0.6 && f1 > 0.5\"",
        "auc by x # unexpected end at position 9 of \"auc by x\"",
        "auc > 0.5 ? 1 : 0 # unexpected ? at position 11 of \"auc > 0.5 ? 1 : 0\"",
        "auc >= 'high' # a gate compares numbers, not string at position 8 of \"auc >= 'high'\"",
        "auc >= 1 / 0 # division by zero at position 10 of \"auc >= 1 / 0\"",
        "auc by x > 0 where rows # where takes a boolean, not double at position 20 of \"auc by x >"
            + " 0 where rows\"",
      })
  void whatIsNoRuleIsRefusedWithItsPosition(String text, String message) {
    assertThatThrownBy(() -> Rule.parse("gate[1]", text, FIGURES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid gate[1]: " + message);
  }

  private static Rule read(String text) {
    return Rule.parse("gate", text, FIGURES);
  }
}
