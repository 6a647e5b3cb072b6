package io.github.beamml.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  /** The example of RFC 8785, section 3.2.2 and its result in section 3.2.4. */
  @Test
  void theExampleOfTheStandardHasTheStandardsBytes() {
    String example =
        "{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"
            + "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
            + "\"literals\": [null, true, false]}";
    assertThat(CanonicalJson.text(CanonicalJson.parse("example", example)))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** Some of the number samples of RFC 8785, appendix B. */
  @Test
  void numbersOfTheStandardsAppendixHaveItsDigits() {
    assertThat(number(0x0000000000000001L)).isEqualTo("5e-324");
    assertThat(number(0x7fefffffffffffffL)).isEqualTo("1.7976931348623157e+308");
    assertThat(number(0x4340000000000000L)).isEqualTo("9007199254740992");
    assertThat(number(0x44b52d02c7e14af5L)).isEqualTo("9.999999999999997e+22");
    assertThat(number(0x44b52d02c7e14af6L)).isEqualTo("1e+23");
    assertThat(number(0x3eb0c6f7a0b5ed8dL)).isEqualTo("0.000001");
    assertThat(number(0x41b3de4355555557L)).isEqualTo("333333333.33333343");
  }

  private static String number(long bits) {
    String array = CanonicalJson.text(CanonicalJson.array().add(Double.longBitsToDouble(bits)));
    return array.substring(1, array.length() - 1);
  }

  @Test
  void numbersThatJsonCannotHoldAreRefused() {
    assertThatThrownBy(() -> CanonicalJson.bytes(CanonicalJson.array().add(Double.NaN)))
        .hasMessage("write special doubles as hexadecimal digits: \"NaN\"");
    assertThatThrownBy(() -> CanonicalJson.bytes(CanonicalJson.array().add(-0.0)))
        .hasMessage("write special doubles as hexadecimal digits: -0.0");
    assertThatThrownBy(() -> CanonicalJson.bytes(CanonicalJson.array().add(1L << 53)))
        .hasMessage("write large integers as decimal strings: 9007199254740992");
    assertThatThrownBy(() -> CanonicalJson.bytes(CanonicalJson.object().put("ä", 1)))
        .hasMessage("a key of canonical JSON must be ASCII: ä");
  }

  @Test
  void specialDoublesSurviveAsHexadecimalDigits() {
    assertThat(CanonicalJson.float64(-0.0)).isEqualTo("8000000000000000");
    assertThat(CanonicalJson.parseFloat64("7ff0000000000000")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(CanonicalJson.parseFloat64(CanonicalJson.float64(Double.NaN))).isNaN();
  }

  @Test
  void duplicateKeysAndTrailingTextAreRefused() {
    assertThatThrownBy(() -> CanonicalJson.parse("x.json", "{\"a\":1,\"a\":2}"))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot read x.json: not valid JSON: Duplicate field 'a'");
    assertThatThrownBy(() -> CanonicalJson.parse("x.json", "{} {}"))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot read x.json: not valid JSON:");
  }
}
