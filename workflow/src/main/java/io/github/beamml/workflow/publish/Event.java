package io.github.beamml.workflow.publish;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One record to publish. The arrays are used as they are, never copied.
 *
 * @param kind why it is there: {@code row}, or the kind of what was planted
 * @param order 32 bytes that decide its place among all events and its partition
 * @param key the record's key, if it has one
 * @param value the record's value; none is a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // only handed on; compared by nobody
public record Event(String kind, byte[] order, byte @Nullable [] key, byte @Nullable [] value) {
  private static final int PARTITION_OFFSET = 8;

  /** Ascending order keys, as unsigned bytes. */
  static final Comparator<Event> IN_ORDER = (a, b) -> Arrays.compareUnsigned(a.order(), b.order());

  /** The partition: bytes 8 to 11 of the order key as a number, modulo {@code partitions}. */
  public int partition(int partitions) {
    return Integer.remainderUnsigned(ByteBuffer.wrap(order).getInt(PARTITION_OFFSET), partitions);
  }
}
