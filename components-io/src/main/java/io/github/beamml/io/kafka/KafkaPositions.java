package io.github.beamml.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * Where a stream goes on.
 *
 * @param next the next offset by partition
 */
record KafkaPositions(SortedMap<Integer, Long> next) implements UnboundedSource.CheckpointMark {
  @Override
  public void finalizeCheckpoint() {}

  /** Codes the number of partitions, then each with its offset, in order. */
  static final class Coder extends CustomCoder<KafkaPositions> {
    private static final long serialVersionUID = 1L;
    private static final VarIntCoder INTEGER = VarIntCoder.of();
    private static final VarLongCoder OFFSET = VarLongCoder.of();

    @Override
    public void encode(KafkaPositions positions, OutputStream out) throws IOException {
      INTEGER.encode(positions.next().size(), out);
      for (var entry : positions.next().entrySet()) {
        INTEGER.encode(entry.getKey(), out);
        OFFSET.encode(entry.getValue(), out);
      }
    }

    @Override
    public KafkaPositions decode(InputStream in) throws IOException {
      TreeMap<Integer, Long> next = new TreeMap<>();
      int size = INTEGER.decode(in);
      for (int i = 0; i < size; i++) {
        next.put(INTEGER.decode(in), OFFSET.decode(in));
      }
      return new KafkaPositions(next);
    }

    @Override
    public void verifyDeterministic() {}

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
