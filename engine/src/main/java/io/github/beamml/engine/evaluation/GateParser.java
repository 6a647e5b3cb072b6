package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.Gate.Compare;
import io.github.beamml.engine.evaluation.Gate.Condition;
import io.github.beamml.engine.evaluation.Gate.Count;
import io.github.beamml.engine.evaluation.Gate.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of one gate. */
final class GateParser {
  private static final String FORM =
      "<metric>[.low|.high|.change] [by <slice>] >= <number> [where rows >= <number>]";
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<left>[^<>=]*?) ?(?<compare>[<>=!]+) ?(?<number>[^ ]+)(?: where (?<where>.*))?");
  private static final Pattern LEFT =
      Pattern.compile("(?<metric>[^ .]+)(?:\\.(?<part>[^ ]+))?(?: by (?<by>.+))?");
  private static final Pattern CONDITION =
      Pattern.compile("(?<count>[^ <>=!]+) ?(?<compare>[<>=!]+) ?(?<number>[^ ]+)");
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+");

  private final String key;
  private final String text;

  GateParser(String key, String text) {
    this.key = key;
    this.text = String.join(" ", text.strip().split("\\s+"));
  }

  Gate parse() {
    Matcher whole = match(WHOLE, text);
    Matcher left = match(LEFT, whole.group("left"));
    Metric metric = Metric.named(key, left.group("metric"));
    Part part = left.group("part") == null ? Part.VALUE : part(left.group("part"));
    Optional<String> by = Optional.ofNullable(left.group("by"));
    if (part.isChange() && by.isPresent()) {
      throw InvalidInputException.of(key, text, "without by, as it compares with the baseline");
    }
    List<Condition> where =
        whole.group("where") == null ? List.of() : conditions(whole.group("where"));
    if (by.isEmpty() && !where.isEmpty()) {
      throw InvalidInputException.of(key, text, "by a slice, as it has conditions");
    }
    Compare compare = compare(whole.group("compare"));
    return new Gate(text, metric, part, by, compare, number(whole.group("number")), where);
  }

  private List<Condition> conditions(String where) {
    List<Condition> conditions = new ArrayList<>();
    for (String condition : where.split(" and ", -1)) {
      Matcher parts = match(CONDITION, condition);
      conditions.add(
          new Condition(
              count(parts.group("count")),
              compare(parts.group("compare")),
              number(parts.group("number"))));
    }
    return conditions;
  }

  private Matcher match(Pattern pattern, String part) {
    Matcher matcher = pattern.matcher(part);
    if (!matcher.matches()) {
      throw InvalidInputException.of(key, text, FORM);
    }
    return matcher;
  }

  private Part part(String name) {
    return Arrays.stream(Part.values())
        .filter(part -> part.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.unknown(
                    key,
                    name,
                    "a part of a metric",
                    Arrays.stream(Part.values()).map(Part::key).toList()));
  }

  private Count count(String name) {
    return Arrays.stream(Count.values())
        .filter(count -> count.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.unknown(
                    key,
                    name,
                    "rows or positives",
                    Arrays.stream(Count.values()).map(Count::key).toList()));
  }

  private Compare compare(String sign) {
    return Arrays.stream(Compare.values())
        .filter(compare -> compare.sign().equals(sign))
        .findFirst()
        .orElseThrow(() -> InvalidInputException.of(key, text, "with >=, >, <= or <, not " + sign));
  }

  private String number(String number) {
    if (!NUMBER.matcher(number).matches()) {
      throw InvalidInputException.because(key, text + " (" + number + " must be a number)");
    }
    return number;
  }
}
