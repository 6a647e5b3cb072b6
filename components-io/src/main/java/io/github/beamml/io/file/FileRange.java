package io.github.beamml.io.file;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/**
 * A part of a file of lines: the lines whose first byte lies in it. Each line of a file is in
 * exactly one of the ranges that divide it.
 *
 * @param from the first byte, counted from 0
 * @param to the byte behind the last
 */
public record FileRange(String file, long from, long to) implements Serializable {
  /** Whether the file's first line is in it, so that lines can be counted. */
  public boolean isFirst() {
    return from == 0;
  }

  /** Opens the file at the first line of the range; lines are read while {@link #has} says so. */
  public RecordBytes open() throws IOException {
    if (isFirst()) {
      return RecordBytes.open(file);
    }
    // From the byte before: if it ends a line, the next one is the range's.
    SeekableByteChannel channel = FilePattern.openSeekable(file).position(from - 1);
    RecordBytes bytes = RecordBytes.at(from - 1, Channels.newInputStream(channel));
    bytes.skipRestOfLine();
    return bytes;
  }

  /** Whether a line that starts here is in the range. */
  public boolean has(long offset) {
    return offset < to;
  }
}
