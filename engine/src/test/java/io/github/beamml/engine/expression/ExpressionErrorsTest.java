package io.github.beamml.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        // columns
        "arr_dely > 15 # arr_dely is not a column of the input (did you mean arr_delay?) at"
            + " position 1",
        "1 + zzzzzzzz # zzzzzzzz is not a column of the input at position 5",
        "`taxi_out` # taxi_out is not a column of the input (did you mean taxi out?) at position 1",
        // syntax
        "arr_delay > # unexpected end at position 12",
        "~~ # unexpected end at position 1",
        "(1 + 2 # unexpected end at position 7",
        "1 + ) # unexpected ) at position 5",
        "1 2 # unexpected 2 at position 3",
        "arr_delay = 15 # unexpected = (did you mean ==?) at position 11",
        "id > 1 & id < 3 # unexpected & (did you mean &&?) at position 8",
        "id > 1 and id < 3 # unexpected and (did you mean &&?) at position 8",
        "id > 1 OR id < 3 # unexpected OR (did you mean ||?) at position 8",
        "id <> 1 # unexpected > at position 5",
        "1 < id < 3 # comparisons do not chain (write a < b && b < c): unexpected < at position 8",
        "carrier == 'UA # text without its closing quote at position 12",
        "carrier == \"UA # text without its closing quote at position 12",
        "carrier == 'U\\qA' # unknown escape \\q (known are \\\\ \\' \\\" \\` \\n \\r \\t \\u \\U)"
            + " at position 14",
        "'\\u12' # an escape that is not 4 hexadecimal digits of a character at position 2",
        "'\\U00110000' # an escape that is not 8 hexadecimal digits of a character at position 2",
        "'\\ud800' # text with a lone surrogate at position 1",
        "9223372036854775808 # 9223372036854775808 is too large for int64 (write"
            + " 9223372036854775808.0) at position 1",
        "1e999 # 1e999 is too large for double at position 1",
        "'é😀' + # unexpected end at position 7",
        "carrier in 'UA' # in needs a list of values, such as ['UA', 'AA'] at position 9",
        "carrier in [] # in needs a list of values, such as ['UA', 'AA'] at position 9",
        "[1, 2] # a list may stand only after in at position 1",
        "id; 1 # unexpected ; at position 3",
        "a ? b # unexpected end at position 6",
        // types
        "carrier > 15 # cannot compare string with int64 at position 9",
        "id == 'x' # cannot compare int64 with string at position 4",
        "sched_dep > '2013-01-01' # cannot compare timestamp with string (write"
            + " timestamp('2013-01-31T14:05:00Z')) at position 11",
        "embedding == embedding # cannot compare doubles with doubles at position 11",
        "id < null # cannot compare int64 with null at position 4",
        "null == null # cannot compare null with null at position 6",
        "carrier in ['UA', 1] # cannot compare string with int64 at position 19",
        "carrier in ['UA', null] # cannot compare string with null at position 19",
        "carrier + 1 # cannot apply + to string and int64 at position 9",
        "carrier * carrier # cannot apply * to string and string at position 9",
        "sched_dep + sched_dep # cannot apply + to timestamp and timestamp at position 11",
        "1 - sched_dep # cannot apply - to int64 and timestamp at position 3",
        "id + null # cannot apply + to int64 and null at position 4",
        "!id # cannot apply ! to int64 at position 1",
        "-carrier # cannot apply - to string at position 1",
        "cancelled && id # && takes booleans, not int64 at position 14",
        "cancelled || null # || takes booleans, not null at position 14",
        "id ? 1 : 2 # the condition before ? must be boolean, not int64 at position 4",
        "cancelled ? 1 : 'x' # cannot choose between int64 and string at position 11",
        // functions
        "mnth(sched_dep) # mnth is not a function (did you mean month?) at position 1",
        "carrier.strtsWith('U') # strtsWith is not a function (did you mean startsWith?) at"
            + " position 9",
        "month(sched_dep) # month needs a time zone, such as month(t, 'UTC') at position 1",
        "month(id) # month takes (timestamp) or (timestamp, 'zone'), not (int64) at position 1",
        "month() # month takes (timestamp) or (timestamp, 'zone'), not () at position 1",
        "month(sched_dep, 'America/NewYork') # America/NewYork is not a known time zone (did you"
            + " mean America/New_York?) at position 1",
        "month(sched_dep, carrier) # the zone of month must be a text, such as 'America/New_York'"
            + " at position 1",
        "startsWith(id, 'x') # startsWith takes (string, string), not (int64, string) at position"
            + " 1",
        "abs(carrier) # abs takes (int64) or (double), not (string) at position 1",
        "min(1) # min takes two or more numbers, not (int64) at position 1",
        "max(1, 'a') # max takes two or more numbers, not (int64, string) at position 1",
        "coalesce(id, 'a') # coalesce takes two or more values of one type, not (int64, string) at"
            + " position 1",
        "has(null) # has takes one value, not (null) at position 1",
        // what is constant and cannot be computed
        "id > 1 / 0 # division by zero at position 8",
        "9223372036854775807 + 1 # int64 overflow at position 21",
        "timestamp('yesterday') < sched_dep # text that is no timestamp with its offset, such as"
            + " 2013-01-31T14:05:00Z at position 1",
        "duration('1 hour') > 1 # text that is no duration, such as 1h30m or 2.5s at position 1",
        "int('x') # text that is no int64 at position 1",
      })
  void sayWhatIsWrongAndWhere(String text, String expected) {
    assertThatThrownBy(() -> Expression.parse("label.is", text).resultType(Rows.FLIGHTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid label.is: " + expected + " of \"" + text + "\"");
  }

  @Test
  void longTextsAreShownAroundThePlace() {
    String text = "id in [" + "1, ".repeat(60) + "'x', " + "2, ".repeat(60) + "3]";
    assertThatThrownBy(() -> Expression.parse("filter", text).resultType(Rows.FLIGHTS))
        .hasMessage(
            "Invalid filter: cannot compare int64 with string at position 188 of \"… 1, 1, 1, 1, 1,"
                + " 1, 1, 1, 1, 1, 1, 1, 1, 'x', 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,…\"");
  }

  @Test
  void messagesStayOnOneLine() {
    assertThatThrownBy(() -> Expression.parse("filter", "id > 1\n  &&\n\tid <"))
        .hasMessage("Invalid filter: unexpected end at position 18 of \"id > 1   &&  id <\"");
  }

  @Test
  void everyTextIsAnExpressionOrAnInvalidInput() {
    String[] pieces = {
      "id", "1", "2.5", "'a'", "\"", "'", "`", "(", ")", "[", "]", ",", "?", ":", "&&", "||", "!",
      "-", "+", "in", "null", "true", ".", "month", "size", "😀", "\\", "\n", "==", "<", "\u0000",
      "é"
    };
    long state = 42;
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 0; length < 1 + i % 9; length++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        text.append(pieces[(int) ((state >>> 33) % pieces.length)]).append(i % 2 == 0 ? " " : "");
      }
      try {
        Expression.parse("x", text.toString()).resultType(Rows.FLIGHTS);
        understood++;
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageStartingWith("Invalid x: ");
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThat(understood).isPositive();
  }
}
