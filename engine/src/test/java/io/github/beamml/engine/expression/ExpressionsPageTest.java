package io.github.beamml.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every example of docs/expressions.md, over the row that stands there. */
class ExpressionsPageTest {
  private static final String ZONE = "America/New_York";
  private static final Pattern COLUMN =
      Pattern.compile("\\| `([^`]+)` \\| `([a-z0-9]+)(\\??)` \\| `([^`]+)` \\|");
  private static final Pattern FUNCTION =
      Pattern.compile("\\| `(\\w+)\\([^`]*\\)` \\| .* \\| `([^`]+)` \\| `([^`]+)` \\|");

  private final List<String> lines = read();
  private final RowBatch row = row();

  private static List<String> read() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/expressions.md"))) {
      folder = folder.getParent();
    }
    try {
      return Files.readAllLines(folder.resolve("docs/expressions.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RowBatch row() {
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (String line : lines) {
      Matcher column = COLUMN.matcher(line);
      if (column.matches()) {
        ValueType type =
            Arrays.stream(ValueType.values())
                .filter(known -> known.label().equals(column.group(2)))
                .findFirst()
                .orElseThrow();
        fields.add(new Field(column.group(1), type, !column.group(3).isEmpty()));
        values.add(column.group(4).equals("null") ? null : parsed(type, column.group(4)));
      }
    }
    return RowBatch.builder(RowSchema.of(fields)).addRow(values.toArray()).build();
  }

  private static Object parsed(ValueType type, String text) {
    return switch (type) {
      case BOOLEAN -> text.equals("true");
      case INT64 -> Long.parseLong(text);
      case DOUBLE -> Double.parseDouble(text);
      case TIMESTAMP -> Rows.instant(text);
      default -> text;
    };
  }

  private Stream<String> blocks(String kind) {
    List<String> found = new ArrayList<>();
    boolean isInside = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        isInside = line.equals("```" + kind);
      } else if (isInside) {
        found.add(line);
      }
    }
    return found.stream();
  }

  @Test
  void examplesGiveWhatThePageSays() {
    List<String> examples = blocks("expressions").toList();
    assertThat(examples).hasSizeGreaterThan(50);
    for (String example : examples) {
      int split = splitAt(example);
      String text = example.substring(0, split).strip();
      String expected = example.substring(split + 2).strip();
      switch (example.charAt(split)) {
        case '=' -> assertThat(shown(text)).as(text).isEqualTo(expected);
        case '#' -> assertThat(evaluated(text).message(0)).as(text).contains(": " + expected);
        default ->
            assertThatThrownBy(() -> evaluated(text))
                .as(text)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid x: " + expected + " of \"" + text + '"');
      }
    }
  }

  /** Where the sign stands that parts an example from its value: the last one between blanks. */
  private static int splitAt(String example) {
    int last = -1;
    for (char sign : new char[] {'=', '#', '!'}) {
      last = Math.max(last, example.lastIndexOf(" " + sign + " "));
    }
    assertThat(last).as(example).isPositive();
    return last + 1;
  }

  @Test
  void everyFunctionHasExamplesThatGiveWhatThePageSays() {
    List<String> named = new ArrayList<>();
    for (String line : lines) {
      Matcher function = FUNCTION.matcher(line);
      if (function.matches()) {
        named.add(function.group(1));
        assertThat(function.group(2)).contains(function.group(1));
        assertThat(shown(function.group(2))).as(line).isEqualTo(function.group(3));
      }
    }
    assertThat(named).containsAll(Functions.byName().keySet());
    assertThat(Functions.byName().keySet()).containsAll(named);
  }

  @Test
  void messagesAreThoseOfThePage() {
    List<String> errors = blocks("errors").toList();
    assertThat(errors).hasSize(8);
    for (int i = 0; i < errors.size(); i += 2) {
      String text = errors.get(i);
      assertThatThrownBy(() -> Expression.parse("label.is", text).resultType(row.schema()))
          .hasMessage(errors.get(i + 1));
    }
  }

  private Evaluated evaluated(String text) {
    return Expression.parse("x", text, ZONE).compile(row.schema()).evaluate(row);
  }

  private String shown(String text) {
    Evaluated evaluated = evaluated(text);
    assertThat(evaluated.isFailed(0)).as(text).isFalse();
    Object value = evaluated.column().value(0);
    if (value instanceof String string) {
      return "'" + string + "'";
    }
    return value == null ? "null" : (String) evaluated("string(" + text + ")").column().value(0);
  }
}
