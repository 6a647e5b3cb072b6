package io.github.beamml.engine.rules;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Does everything that is banned, a method each, so that the check itself is checked. */
@SuppressWarnings({
  "BanSerializableRead",
  "DefaultCharset",
  "DefaultLocale",
  "JavaTimeDefaultTimeZone",
  "StringCaseLocaleUsage",
  "UnusedMethod"
})
final class Offender {
  private Offender() {}

  static double logarithm(double x) {
    return Math.log(x);
  }

  static DoubleUnaryOperator logarithmByReference() {
    return Math::log;
  }

  static String text(double x) {
    return Double.toString(x);
  }

  static String textByValueOf(double x) {
    return String.valueOf(x);
  }

  static String textByBuilder(double x) {
    return new StringBuilder().append(x).toString();
  }

  static String textByConcatenation(double x) {
    return "x = " + x;
  }

  static String textByBoxedConcatenation(Double x) {
    return "x = " + x;
  }

  static String format(double x) {
    return String.format(Locale.ROOT, "%.3f", x);
  }

  static BigDecimal decimal(double x) {
    return BigDecimal.valueOf(x);
  }

  static double sum(double... values) {
    return DoubleStream.of(values).sum();
  }

  static double sumByCollector(List<Double> values) {
    return values.stream().collect(Collectors.summingDouble(value -> value));
  }

  static int random() {
    return new Random(7).nextInt();
  }

  static UUID randomName() {
    return UUID.randomUUID();
  }

  static Object deserialize(ObjectInputStream in) throws IOException, ClassNotFoundException {
    return in.readObject();
  }

  static Class<?> classByName(String name) throws ClassNotFoundException {
    return Class.forName(name);
  }

  static Charset charset() {
    return Charset.defaultCharset();
  }

  static byte[] bytes(String text) {
    return text.getBytes();
  }

  static String lowerCase(String text) {
    return text.toLowerCase();
  }

  static Locale locale() {
    return Locale.getDefault();
  }

  static ZoneId zone() {
    return ZoneId.systemDefault();
  }

  static ZoneId zoneOfTheJdk(String name) {
    return ZoneId.of(name);
  }

  static boolean letter(int codePoint) {
    return Character.isLetter(codePoint);
  }

  static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
