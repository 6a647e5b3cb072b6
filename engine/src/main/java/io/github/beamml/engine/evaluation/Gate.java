package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.expression.Rule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One rule that a model must meet, such as {@code auc.low >= 0.66}, {@code auc.low by carrier >=
 * 0.60 where rows >= 500} or {@code auc.change >= -0.01}.
 *
 * <pre>
 * gate = left [ "by" slice ] compare right [ "where" condition ]
 * </pre>
 *
 * Left, right and condition are expressions over the figures of a group: {@code rows}, {@code
 * positives}, and of every {@link Metric} {@code auc}, {@code auc.low}, {@code auc.high}, {@code
 * auc.change}, {@code auc.change.low}, {@code auc.change.high}. Low and high are the bounds of the
 * interval; change is the metric minus the baseline's on the same rows. With {@code by}, every
 * slice that meets the condition must meet the rule. A figure that is absent meets no rule.
 */
public final class Gate {
  private final String key;
  private final Rule rule;
  private final Compare compare;

  private Gate(String key, Rule rule) {
    this.key = key;
    this.rule = rule;
    this.compare = Compare.of(rule.compare());
  }

  /**
   * @throws InvalidInputException if the text is not a gate, with the position and the nearest name
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
    Gate gate = new Gate(key, Rule.parse(key, text, GroupFigures.SCHEMA));
    if (gate.by().isPresent()) {
      gate.figures()
          .filter(GroupFigures::isBoundOfChange)
          .findFirst()
          .ifPresent(
              figure -> {
                throw InvalidInputException.of(
                    key, gate, "without by, as a slice has no " + figure);
              });
    }
    return gate;
  }

  /** Where it was typed. */
  String key() {
    return key;
  }

  /** As the user typed it. */
  public String text() {
    return rule.text();
  }

  /** The slice column; empty for all rows. */
  public Optional<String> by() {
    return rule.by();
  }

  /**
   * Whether it looks at these slices.
   *
   * @param slices the column or expression; spaces in it do not matter
   */
  public boolean isBy(String slices) {
    return rule.by().filter(by -> Expression.isSameText(by, slices)).isPresent();
  }

  /**
   * The number that a metric, or a bound of its interval, must reach or stay below, if that is all
   * that the gate says.
   */
  public OptionalDouble limitOf(Metric metric) {
    boolean isLimit = isOfOneFigure() && GroupFigures.isOf(metric, rule.left().text());
    return isLimit ? GroupFigures.constant(rule.right()) : OptionalDouble.empty();
  }

  /** Whether it needs a baseline. */
  public boolean isChange() {
    return figures().anyMatch(GroupFigures::isChange);
  }

  /** The figures that it reads. */
  private Stream<String> figures() {
    return Stream.of(Stream.of(rule.left(), rule.right()), rule.where().stream())
        .flatMap(parts -> parts)
        .flatMap(part -> part.columns().stream());
  }

  Rule rule() {
    return rule;
  }

  Compare compare() {
    return compare;
  }

  /** The left side: {@code auc.low by carrier}. */
  String subject() {
    String left = rule.left().text();
    return rule.by().map(slice -> left + " by " + slice).orElse(left);
  }

  /** Whether the left side is one figure, whose name and value read as one: {@code auc 0.683}. */
  boolean isOfOneFigure() {
    return rule.left().columns().equals(List.of(rule.left().text()));
  }

  /** Whether the right side is the same for every group. */
  boolean isAgainstConstant() {
    return rule.right().columns().isEmpty();
  }

  @Override
  public String toString() {
    return rule.text();
  }
}
