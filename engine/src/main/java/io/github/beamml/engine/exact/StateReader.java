package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import java.util.Arrays;

/**
 * Reads what {@link StateWriter} wrote and refuses everything else, so that equal states always
 * have equal bytes.
 */
final class StateReader {
  private final StateKind kind;
  private final byte[] bytes;
  private int position;

  StateReader(StateKind kind, byte[] bytes) {
    this.kind = kind;
    this.bytes = bytes;
    int version = readByte();
    check(
        version == StateWriter.VERSION,
        "its format has version " + version + ", known is " + StateWriter.VERSION);
    int code = readByte();
    check(code == kind.code(), "the bytes hold " + titleOf(code));
  }

  private static String titleOf(int code) {
    for (StateKind known : StateKind.values()) {
      if (known.code() == code) {
        return known.title();
      }
    }
    return "an unknown kind of state (" + code + ")";
  }

  int readByte() {
    check(position < bytes.length, "the bytes end early, at " + bytes.length);
    return bytes[position++] & 0xFF;
  }

  int readInt() {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = (value << 8) | readByte();
    }
    return value;
  }

  long readLong() {
    return ((long) readInt() << 32) | (readInt() & 0xFFFFFFFFL);
  }

  /** Reads any 64 bits that {@link StateWriter#putNumber} wrote. */
  long readNumber() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = readByte();
      boolean last = (next & 0x80) == 0;
      check(shift < 63 || next <= 1, "a number is longer than 64 bits");
      value |= (long) (next & 0x7F) << shift;
      if (last) {
        check(next != 0 || shift == 0, "a number is not in its shortest form");
        return value;
      }
    }
  }

  /** Reads a number that must not be negative. */
  long readCount() {
    long value = readNumber();
    check(value >= 0, "a count is out of range");
    return value;
  }

  /**
   * Reads how many parts of at least {@code partSize} bytes follow: never more than the bytes that
   * are left can hold.
   */
  int readSize(int partSize) {
    long value = readCount();
    check(value <= (bytes.length - position) / partSize, "the bytes end early, at " + bytes.length);
    return (int) value;
  }

  byte[] readBytes(int length) {
    check(length <= bytes.length - position, "the bytes end early, at " + bytes.length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  void finish() {
    check(position == bytes.length, (bytes.length - position) + " bytes too many at its end");
  }

  void check(boolean holds, String reason) {
    if (!holds) {
      throw CannotException.to("read " + kind.title(), reason);
    }
  }
}
