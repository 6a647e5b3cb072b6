package io.github.beamml.io.csv;

import io.github.beamml.io.RecordReject;
import io.github.beamml.io.RecordValues;
import io.github.beamml.io.file.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a CSV file (RFC 4180) with their bytes and line numbers. A record that cannot be
 * split, such as one with a quote that is never closed, costs its first line alone: the next record
 * begins on the line behind. (The libraries looked at stop there, and do not give the bytes back.)
 */
final class CsvRecords {
  private static final char QUOTE = '"';

  /** A field's text; one in quotes is never null. */
  record Value(String text, boolean isQuoted) {}

  private final RecordBytes in;
  private final char separator;
  private final List<Value> values = new ArrayList<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long nextLine = 1;
  private long line;

  CsvRecords(RecordBytes in, char separator) {
    this.in = in;
    this.separator = separator;
  }

  /**
   * Goes to the next record.
   *
   * @return whether there is one
   */
  boolean next() throws IOException {
    line = nextLine;
    in.mark();
    boolean isThere = in.read() >= 0;
    in.reset();
    return isThere;
  }

  /** The line that the record begins on, from 1. */
  long line() {
    return line;
  }

  /** The record's bytes, once it was split or refused. */
  byte[] bytes() {
    return in.bytes();
  }

  /**
   * Splits the record.
   *
   * @throws RecordReject if that cannot be done: the record is then its first line; or if it is not
   *     UTF-8
   */
  List<Value> split() throws IOException, RecordReject {
    values.clear();
    try {
      while (readField()) {
        if (in.length() > RecordBytes.MAX_RECORD_BYTES) {
          throw RecordBytes.tooLong();
        }
      }
    } catch (RecordReject e) {
      in.reset();
      in.readLine();
      nextLine = line + 1;
      throw e;
    }
    // Its quotes say where it ends, whatever its bytes.
    RecordValues.checkUtf8(in.bytes());
    return values;
  }

  /** Goes past the rest of a line that was too long; its bytes are gone then. */
  void leave() throws IOException {
    if (in.length() > RecordBytes.MAX_RECORD_BYTES) {
      in.skipRestOfLine();
    }
  }

  /** Reads a field and what ends it; false where that is the record's end. */
  private boolean readField() throws IOException, RecordReject {
    text.reset();
    int c = in.read();
    if (c == QUOTE) {
      return readQuoted();
    }
    while (!isEnd(c)) {
      if (c == QUOTE) {
        throw new RecordReject("not_csv", "a quote stands inside a value without quotes");
      }
      text.write(c);
      c = read();
    }
    return endField(c, false);
  }

  private boolean readQuoted() throws IOException, RecordReject {
    while (true) {
      int c = read();
      if (c < 0) {
        throw new RecordReject("not_csv", "a quote is not closed");
      }
      if (c == QUOTE) {
        c = in.read();
        if (c != QUOTE) {
          return endQuoted(c);
        }
      } else if (c == '\n') {
        nextLine++;
      }
      text.write(c);
    }
  }

  private boolean endQuoted(int behind) throws IOException, RecordReject {
    int c = behind == '\r' ? in.read() : behind;
    if (!isEnd(c)) {
      throw new RecordReject("not_csv", "something stands behind a closing quote");
    }
    return endField(c, true);
  }

  private int read() throws IOException, RecordReject {
    if (in.length() > RecordBytes.MAX_RECORD_BYTES) {
      throw RecordBytes.tooLong();
    }
    return in.read();
  }

  private boolean isEnd(int c) {
    return c < 0 || c == separator || c == '\n';
  }

  private boolean endField(int c, boolean isQuoted) {
    String value = text.toString(StandardCharsets.UTF_8);
    boolean hasCarriageReturn = !isQuoted && c != separator && value.endsWith("\r");
    values.add(
        new Value(hasCarriageReturn ? value.substring(0, value.length() - 1) : value, isQuoted));
    if (c == '\n') {
      nextLine++;
    }
    return c == separator;
  }
}
