package io.github.beamml.workflow.command;

import java.util.ArrayList;
import java.util.List;

/** Lines whose cells stand below each other. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  List<String> lines(String indent) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(indent, row, widths)).toList();
  }

  private static String line(String indent, List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i + 1 < row.size()) {
        line.append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
      }
    }
    return line.toString().stripTrailing();
  }
}
