package io.github.beamml.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields of one protobuf message by number, in their order; numbers and bytes only. */
final class ProtoFields {
  private final Map<Integer, List<byte[]>> bytes = new TreeMap<>();
  private final Map<Integer, LongList> numbers = new TreeMap<>();

  private static final class LongList {
    private long[] values = new long[4];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
  }

  /**
   * @throws IOException if the bytes are no message of numbers and bytes
   */
  static ProtoFields parse(byte[] message) throws IOException {
    ProtoFields fields = new ProtoFields();
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT ->
            fields.numbers.computeIfAbsent(field, f -> new LongList()).add(in.readInt64());
        case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            fields.bytes.computeIfAbsent(field, f -> new ArrayList<>()).add(in.readByteArray());
        default -> throw new IOException("field " + field + " is neither a number nor bytes");
      }
    }
    return fields;
  }

  List<byte[]> allBytes(int field) {
    return bytes.getOrDefault(field, List.of());
  }

  /**
   * @throws IOException if the field is absent
   */
  byte[] bytes(int field) throws IOException {
    List<byte[]> all = allBytes(field);
    if (all.isEmpty()) {
      throw new IOException("field " + field + " is missing");
    }
    return all.get(0);
  }

  String string(int field) throws IOException {
    return new String(bytes(field), UTF_8);
  }

  /** The one message in the field. */
  ProtoFields message(int field) throws IOException {
    return parse(bytes(field));
  }

  /** All numbers of the field; those beyond an int are refused. */
  int[] ints(int field) throws IOException {
    LongList all = numbers.getOrDefault(field, new LongList());
    int[] ints = new int[all.size];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) all.values[i];
      if (ints[i] != all.values[i]) {
        throw new IOException("number " + all.values[i] + " is too large");
      }
    }
    return ints;
  }
}
