package io.github.beamml.workflow.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed and how it ended. */
public record Ran(int code, String out, String err) {
  public static Ran of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int code =
        BeamMl.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(texts);
    return new Ran(code, out.toString(), err.toString());
  }
}
