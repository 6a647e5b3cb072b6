package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.exact.TermCount;
import io.github.beamml.engine.exact.TermCounts;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.StringColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a column that are categories, in order: by count, descending, then by UTF-8 bytes.
 */
final class Vocabulary {
  /** The parameters of {@link Choice}. */
  static final String KEYS = "min_count top_k unknown";

  /** What becomes of a value that is not in the vocabulary. */
  enum Unknown {
    /** It counts as one more category behind the known ones. */
    OTHER,
    /** It has no category. */
    NONE,
    /** Its row is a bad record. */
    ERROR
  }

  /**
   * Which values are in a vocabulary.
   *
   * @param minCount how often one must occur in the training rows
   * @param topK at most so many of the most frequent; 0 means all
   */
  record Choice(int minCount, int topK, Unknown unknown) {
    static final Choice ALL = new Choice(1, 0, Unknown.OTHER);

    static Choice read(Parameters parameters) {
      return new Choice(
          parameters.integer("min_count", 1, 1),
          parameters.integer("top_k", 0, 0),
          parameters.choice("unknown", Unknown.class, Unknown.OTHER));
    }

    void write(ObjectNode parameters) {
      parameters.put("min_count", minCount);
      parameters.put("top_k", topK);
      parameters.put("unknown", Parameters.label(unknown));
    }

    Choice withMinCount(int count) {
      return new Choice(Parameters.requireAtLeast("min_count", count, 1), topK, unknown);
    }

    Choice withTopK(int count) {
      return new Choice(minCount, Parameters.requireAtLeast("top_k", count, 1), unknown);
    }

    Choice withUnknown(Unknown policy) {
      return new Choice(minCount, topK, policy);
    }
  }

  private final String[] terms;
  private final Map<String, Integer> positions;

  private Vocabulary(String[] terms) {
    this.terms = terms;
    this.positions = new HashMap<>(2 * terms.length);
    for (int i = 0; i < terms.length; i++) {
      if (positions.put(terms[i], i) != null) {
        throw new IllegalArgumentException("terms holds " + terms[i] + " twice");
      }
    }
  }

  static Vocabulary read(JsonNode fitted) {
    return new Vocabulary(Fitted.texts(fitted, "terms"));
  }

  int size() {
    return terms.length;
  }

  String term(int position) {
    return terms[position];
  }

  /**
   * The category of each row: the position of its value, {@link #size} for one that is not in here
   * and counts as one more category, -1 for null and what else has none.
   *
   * @param name the column's name, for the reason of a rejected row
   */
  int[] categories(Column column, String name, Unknown unknown, Rejections rejections) {
    StringColumn terms = Numbers.terms(column);
    int[] positions = positions(terms);
    int[] codes = terms.codes();
    int[] categories = new int[terms.size()];
    for (int row = 0; row < categories.length; row++) {
      int category = terms.isNull(row) ? -1 : positions[codes[row]];
      if (category < 0 && !terms.isNull(row)) {
        if (unknown == Unknown.OTHER) {
          category = size();
        } else if (unknown == Unknown.ERROR) {
          rejections.reject(row, "column " + name + " has a value that is not in its vocabulary");
        }
      }
      categories[row] = category;
    }
    return categories;
  }

  /** The position of the terms of the column's dictionary that rows use; -1 if not in here. */
  private int[] positions(StringColumn column) {
    String[] dictionary = column.dictionary();
    int[] found = new int[dictionary.length];
    if (dictionary.length <= column.size()) {
      for (int i = 0; i < found.length; i++) {
        found[i] = positions.getOrDefault(dictionary[i], -1);
      }
    } else {
      for (int row = 0; row < column.size(); row++) { // a selection leaves entries behind
        if (!column.isNull(row)) {
          int code = column.codes()[row];
          found[code] = positions.getOrDefault(dictionary[code], -1);
        }
      }
    }
    return found;
  }

  static Fit fit(Choice choice) {
    return Fit.of(FitState.Kind.TERMS, "vocabulary", (node, state) -> chosen(choice, node, state));
  }

  /** {@code {"terms": [<text>, ...]}}. */
  private static JsonNode chosen(Choice choice, Node node, FitState state) {
    TermCounts counts = state.as(TermCounts.class);
    Fit.requireValues(node, counts.total());
    int limit = choice.topK() == 0 ? Integer.MAX_VALUE : choice.topK();
    List<TermCount> chosen = counts.select(choice.minCount(), limit);
    if (chosen.isEmpty()) {
      throw Fit.cannot(node, "has no value that occurs " + choice.minCount() + " times");
    }
    ObjectNode fitted = CanonicalJson.object();
    ArrayNode terms = fitted.putArray("terms");
    chosen.forEach(term -> terms.add(term.term()));
    return fitted;
  }
}
