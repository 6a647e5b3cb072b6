package io.github.beamml.engine.exact;

import java.util.Arrays;

/**
 * Writes canonical states: big-endian integers and unsigned LEB128 numbers in their shortest form.
 */
final class StateWriter {
  static final int VERSION = 1;

  private byte[] bytes;
  private int size;

  StateWriter(StateKind kind, int expectedSize) {
    bytes = new byte[Math.max(16, expectedSize)];
    putByte(VERSION);
    putByte(kind.code());
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    ensure(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  /** Writes all 64 bits of {@code value} as an unsigned number of one to ten bytes. */
  void putNumber(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putBytes(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
