package io.github.beamml.workflow.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * What a command writes to: results on standard output, everything else on standard error.
 *
 * @param out standard output
 * @param err standard error
 * @param text where text for people goes: standard output, standard error beside {@code --json}, or
 *     nowhere with {@code --quiet}
 * @param wantsJson whether the result is to be one JSON object
 * @param isTerminal whether a person watches the text
 * @param hasColours whether it may be coloured
 */
record Screen(
    PrintWriter out,
    PrintWriter err,
    PrintWriter text,
    boolean wantsJson,
    boolean isTerminal,
    boolean hasColours) {

  static Screen of(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {
    boolean terminal = !json && !quiet && standardOutputIsTerminal();
    PrintWriter spoken = json ? err : out;
    PrintWriter text = quiet ? new PrintWriter(Writer.nullWriter()) : spoken;
    return new Screen(out, err, text, json, terminal, terminal && coloursAreWanted());
  }

  /** The launcher knows; Java does not: since 22 its console says nothing about it. */
  static boolean standardOutputIsTerminal() {
    return Boolean.getBoolean("beamml.terminal") && !"dumb".equals(System.getenv("TERM"));
  }

  static boolean coloursAreWanted() {
    String noColor = System.getenv("NO_COLOR");
    return noColor == null || noColor.isEmpty();
  }

  void line(String line) {
    text.println(line);
    text.flush();
  }

  /** One object on standard output. */
  void json(JsonNode json) {
    try {
      out.println(JsonMapper.builder().build().writeValueAsString(json));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What there is of a kind: as JSON, or for people as a table.
   *
   * @param kind in the plural, such as {@code runs}
   * @param place where they are
   */
  void list(String kind, ArrayNode entries, TextTable table, String place) {
    if (wantsJson) {
      json(CanonicalJson.object().set(kind, entries));
    } else if (table.isEmpty()) {
      line("No " + kind + " in " + place);
    } else {
      table.lines("").forEach(this::line);
    }
  }

  String bold(String words) {
    return coloured("1", words);
  }

  String faint(String words) {
    return coloured("2", words);
  }

  String good(String words) {
    return coloured("32", words);
  }

  String bad(String words) {
    return coloured("31", words);
  }

  private String coloured(String code, String words) {
    return hasColours ? "\u001b[" + code + "m" + words + "\u001b[0m" : words;
  }
}
