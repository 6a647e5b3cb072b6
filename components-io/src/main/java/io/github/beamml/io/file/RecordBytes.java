package io.github.beamml.io.file;

import io.github.beamml.io.RecordReject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A file's bytes one by one; those since the last mark are kept, so that a reader can go back to
 * them or hand them on as they were. A byte order mark at the start of the file is passed over.
 */
public final class RecordBytes implements Closeable {
  /** The longest record that a text file may hold; of a longer one the rest is passed over. */
  public static final int MAX_RECORD_BYTES = 1 << 20;

  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  private final InputStream in;

  /** Where in the file the buffer starts. */
  private long start;

  private byte[] buffer = new byte[1 << 16];
  private int mark;
  private int position;
  private int limit;

  private RecordBytes(long start, InputStream in) {
    this.start = start;
    this.in = in;
  }

  /** What a record is refused as that is longer. */
  public static RecordReject tooLong() {
    return new RecordReject("too_long", "the record has more than " + MAX_RECORD_BYTES + " bytes");
  }

  /** Opens a file; one whose name ends in {@code .gz} is decompressed. */
  public static RecordBytes open(String file) throws IOException {
    return of(FilePattern.open(file));
  }

  static RecordBytes of(InputStream in) throws IOException {
    RecordBytes bytes = new RecordBytes(0, in);
    for (int expected : BYTE_ORDER_MARK) {
      if (bytes.read() != expected) {
        bytes.reset();
        return bytes;
      }
    }
    bytes.mark();
    return bytes;
  }

  /** The bytes of a file from an offset on. */
  static RecordBytes at(long offset, InputStream in) {
    return new RecordBytes(offset, in);
  }

  /** Where in the file the next byte is, counted from 0. */
  public long offset() {
    return start + position;
  }

  /** The next byte, or -1 at the end. */
  public int read() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    if (mark > 0) {
      System.arraycopy(buffer, mark, buffer, 0, limit - mark);
      position -= mark;
      limit -= mark;
      start += mark;
      mark = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count > 0;
  }

  /** Keeps what is read from here on. */
  public void mark() {
    mark = position;
  }

  /** Goes back to the mark. */
  public void reset() {
    position = mark;
  }

  /** How many bytes were read since the mark. */
  public int length() {
    return position - mark;
  }

  /** The bytes since the mark, without a line's end behind them. */
  public byte[] bytes() {
    int end = position;
    if (end > mark && buffer[end - 1] == '\n') {
      end--;
      if (end > mark && buffer[end - 1] == '\r') {
        end--;
      }
    }
    return Arrays.copyOfRange(buffer, mark, end);
  }

  /**
   * Marks, then reads one line, at most {@value #MAX_RECORD_BYTES} bytes of it.
   *
   * @return whether there was one
   */
  public boolean readLine() throws IOException {
    mark();
    int c = read();
    if (c < 0) {
      return false;
    }
    while (c >= 0 && c != '\n' && length() <= MAX_RECORD_BYTES) {
      c = read();
    }
    return true;
  }

  /** Passes over what {@link #readLine} left of a line that is too long. */
  public void skipRestOfLine() throws IOException {
    int c = position > mark ? buffer[position - 1] : 0;
    while (c >= 0 && c != '\n') {
      mark();
      c = read();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
