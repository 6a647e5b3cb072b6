package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * One rule that a model must meet, such as {@code auc.low >= 0.66}, {@code auc.low by carrier >=
 * 0.60 where rows >= 500} or {@code auc.change >= -0.01}.
 *
 * <pre>
 * gate      = metric [ "." part ] [ "by" slice ] compare number [ "where" condition { "and" condition } ]
 * part      = "value" | "low" | "high" | "change" | "change.low" | "change.high"     (else: value)
 * condition = ( "rows" | "positives" ) compare number
 * compare   = "&gt;=" | "&gt;" | "&lt;=" | "&lt;"
 * </pre>
 *
 * A metric is one of {@link Metric}; low and high are the bounds of its interval; change is the
 * metric minus the baseline's on the same rows. With {@code by}, every slice that meets the
 * conditions must meet the rule. A figure that is absent meets no rule.
 *
 * @param text as the user typed it, with single spaces
 * @param by the slice column; empty for all rows
 * @param number as the user typed it
 * @param where conditions that a slice must meet for the rule to be looked at
 */
public record Gate(
    String text,
    Metric metric,
    Part part,
    Optional<String> by,
    Compare compare,
    String number,
    List<Condition> where) {

  /** What of a metric is compared. */
  public enum Part {
    VALUE("value"),
    LOW("low"),
    HIGH("high"),
    CHANGE("change"),
    CHANGE_LOW("change.low"),
    CHANGE_HIGH("change.high");

    private final String key;

    Part(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    /** Whether it needs a baseline. */
    public boolean isChange() {
      return this == CHANGE || this == CHANGE_LOW || this == CHANGE_HIGH;
    }
  }

  /** How figure and number are compared. */
  public enum Compare {
    AT_LEAST(">="),
    MORE(">"),
    AT_MOST("<="),
    LESS("<");

    private final String sign;

    Compare(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    boolean holds(double figure, double number) {
      return switch (this) {
        case AT_LEAST -> figure >= number;
        case MORE -> figure > number;
        case AT_MOST -> figure <= number;
        case LESS -> figure < number;
      };
    }

    /** What holds where this does not. */
    Compare opposite() {
      return switch (this) {
        case AT_LEAST -> LESS;
        case MORE -> AT_MOST;
        case AT_MOST -> MORE;
        case LESS -> AT_LEAST;
      };
    }

    boolean wantsMore() {
      return this == AT_LEAST || this == MORE;
    }
  }

  /** What can be asked of a slice. */
  public enum Count {
    ROWS("rows"),
    POSITIVES("positives");

    private final String key;

    Count(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    long of(Group group) {
      return this == ROWS ? group.rows() : group.positives();
    }
  }

  /** Which slices are looked at. */
  public record Condition(Count count, Compare compare, String number) {
    boolean holds(Group group) {
      return compare.holds((double) count.of(group), Double.parseDouble(number));
    }

    @Override
    public String toString() {
      return count.key() + " " + compare.sign() + " " + number;
    }
  }

  public Gate {
    where = List.copyOf(where);
  }

  /**
   * @throws InvalidInputException if the text is not a gate, with what was expected and near names
   */
  public static Gate parse(String text) {
    return parse("gate", text);
  }

  /**
   * As {@link #parse(String)}.
   *
   * @param key where it was typed, for the message
   */
  public static Gate parse(String key, String text) {
    return new GateParser(key, text).parse();
  }

  double bound() {
    return Double.parseDouble(number);
  }

  /** The left side: {@code auc.low by carrier}. */
  String subject() {
    String figure = part == Part.VALUE ? metric.key() : metric.key() + "." + part.key();
    return by.map(slice -> figure + " by " + slice).orElse(figure);
  }

  @Override
  public String toString() {
    return text;
  }
}
