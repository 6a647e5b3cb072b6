package io.github.beamml.engine.expression;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.ZoneRules;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed expression over the columns of a row, such as {@code arr_delay > 15}: the label, a
 * derived column, a filter or a slice; the {@link Rule} of a gate is made of expressions. A subset
 * of the syntax of CEL (Common Expression Language); {@code docs/expressions.md} states types, null
 * rules and functions.
 *
 * <p>In short: null in, null out; {@code &&} and {@code ||} are three-valued; {@code x == null} and
 * {@code has(x)} test; int64 arithmetic is checked and fails the row where it overflows or divides
 * by zero; doubles are IEEE 754; an int64 beside a double widens.
 *
 * <pre>{@code
 * Expression late = Expression.parse("label.is", "arr_delay > 15");
 * Column labels = late.compile(batch.schema()).evaluate(batch, RowErrors.fail());
 * }</pre>
 *
 * <p>Immutable; serialised as its text.
 */
public final class Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern QUOTABLE_NAME = Pattern.compile("[^`\r\n]+");
  private static final Set<String> WORDS = Set.of("true", "false", "null", "in");

  private final String key;
  private final String text;
  private final @Nullable String zone;
  private final transient Syntax syntax;
  private final transient List<String> columns;

  private Expression(String key, String text, @Nullable String zone, Syntax syntax) {
    this.key = key;
    this.text = text;
    this.zone = zone;
    this.syntax = syntax;
    Set<String> names = new LinkedHashSet<>();
    syntax.addColumns(names);
    this.columns = List.copyOf(names);
  }

  /**
   * Parses an expression in which times have no default zone: {@code month(t)} is refused, {@code
   * month(t, 'UTC')} is not.
   *
   * @param key what the user typed the text for, such as {@code label.is}
   * @throws InvalidInputException naming key and position if the text is no expression
   */
  public static Expression parse(String key, String text) {
    return new Expression(key, text, null, SyntaxReader.read(new Source(key, text)));
  }

  /**
   * As {@link #parse(String, String)}.
   *
   * @param zone where times are local that say no zone, such as {@code America/New_York}
   * @throws InvalidInputException also if there is no such zone
   */
  public static Expression parse(String key, String text, String zone) {
    String known = ZoneRules.of(zone, key).id();
    return new Expression(key, text, known, SyntaxReader.read(new Source(key, text)));
  }

  /**
   * How the column of this name is written: as it is, or between backticks where it is no plain
   * name.
   *
   * @throws InvalidInputException if it holds a backtick or a line break and cannot be written
   */
  public static String quote(String name) {
    if (PLAIN_NAME.matcher(name).matches() && !WORDS.contains(name)) {
      return name;
    }
    if (!QUOTABLE_NAME.matcher(name).matches()) {
      throw InvalidInputException.of(
          "column", '"' + name + '"', "a name without backticks and line breaks");
    }
    return '`' + name + '`';
  }

  /** Whether two texts differ in the spaces between names, literals and signs alone. */
  public static boolean isSameText(String a, String b) {
    return SyntaxReader.words(a).equals(SyntaxReader.words(b));
  }

  /** What the text was typed for. */
  public String key() {
    return key;
  }

  public String text() {
    return text;
  }

  /** Where times are local that say no zone. */
  public Optional<String> zone() {
    return Optional.ofNullable(zone);
  }

  /** The columns that it reads, each once, in the order of the text. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The type of its values over rows of this schema.
   *
   * @throws InvalidInputException naming column and position if it does not fit the schema
   */
  public ValueType resultType(RowSchema schema) {
    return compile(schema).type();
  }

  /**
   * Checks that it fits a schema and gives values of this type.
   *
   * @throws InvalidInputException if not
   */
  public void check(RowSchema schema, ValueType expected) {
    ValueType type = resultType(schema);
    if (type != expected) {
      throw InvalidInputException.of(
          key, new Source(key, text).shown(), expected.label() + ", not " + type.label());
    }
  }

  /**
   * Its kernels over batches of this schema.
   *
   * @throws InvalidInputException naming column and position if it does not fit the schema
   */
  public CompiledExpression compile(RowSchema schema) {
    Source source = new Source(key, text);
    ZoneRules rules = zone == null ? null : ZoneRules.of(zone, key);
    Typed typed = syntax.accept(new Typing(source, schema, rules, "a column of the input"));
    if (typed.isNullLiteral()) {
      throw InvalidInputException.of(key, source.shown(), "of a type, not only null");
    }
    return new CompiledExpression(source, schema, typed);
  }

  private Object readResolve() {
    return new Expression(key, text, zone, SyntaxReader.read(new Source(key, text)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Expression that
        && key.equals(that.key)
        && text.equals(that.text)
        && Objects.equals(zone, that.zone);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
