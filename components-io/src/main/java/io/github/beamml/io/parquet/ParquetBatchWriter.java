package io.github.beamml.io.parquet;

import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.DoublesColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.engine.row.ValueType;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes batches into one Parquet file, zstd-compressed. The same batches give the same bytes. */
public final class ParquetBatchWriter implements Closeable {
  private final ParquetWriter<Integer> writer;
  private final BatchSupport support;

  private ParquetBatchWriter(ParquetWriter<Integer> writer, BatchSupport support) {
    this.writer = writer;
    this.support = support;
  }

  /** Takes the stream over and closes it at the end. */
  public static ParquetBatchWriter open(OutputStream stream, RowSchema schema) throws IOException {
    BatchSupport support = new BatchSupport(schema);
    ParquetWriter<Integer> writer =
        new Builder(new StreamOutputFile(stream), support)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
            .build();
    return new ParquetBatchWriter(writer, support);
  }

  public void write(RowBatch batch) throws IOException {
    support.start(batch);
    for (int row = 0; row < batch.size(); row++) {
      writer.write(row);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
    private final BatchSupport support;

    Builder(OutputFile file, BatchSupport support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    protected WriteSupport<Integer> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }

  /** Hands Parquet the values of one row of the current batch at a time. */
  private static final class BatchSupport extends WriteSupport<Integer> {
    private final RowSchema schema;
    private @Nullable RecordConsumer consumer;
    private @Nullable RowBatch batch;
    private final Binary[][] texts;

    BatchSupport(RowSchema schema) {
      this.schema = schema;
      this.texts = new Binary[schema.size()][];
    }

    void start(RowBatch next) {
      batch = next;
      for (int i = 0; i < schema.size(); i++) {
        if (next.column(i) instanceof StringColumn strings) {
          texts[i] = new Binary[strings.dictionary().length];
        }
      }
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public WriteContext init(Configuration configuration) {
      return new WriteContext(ParquetTypes.toMessageType(schema), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(ParquetTypes.toMessageType(schema), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(Integer row) {
      RecordConsumer out = Objects.requireNonNull(consumer);
      RowBatch rows = Objects.requireNonNull(batch);
      out.startMessage();
      for (int i = 0; i < schema.size(); i++) {
        Column column = rows.column(i);
        if (!column.isNull(row)) {
          out.startField(schema.field(i).name(), i);
          write(out, column, row, i);
          out.endField(schema.field(i).name(), i);
        }
      }
      out.endMessage();
    }

    private void write(RecordConsumer out, Column column, int row, int position) {
      if (column instanceof LongColumn longs) {
        if (column.type() == ValueType.BOOLEAN) {
          out.addBoolean(longs.get(row) != 0);
        } else {
          out.addLong(longs.get(row));
        }
      } else if (column instanceof DoubleColumn doubles) {
        out.addDouble(doubles.get(row));
      } else if (column instanceof StringColumn strings) {
        out.addBinary(text(strings, strings.codes()[row], position));
      } else if (column instanceof BytesColumn bytes) {
        out.addBinary(
            Binary.fromReusedByteArray(bytes.bytes(), bytes.offset(row), bytes.length(row)));
      } else if (column instanceof DoublesColumn doubles) {
        writeList(out, doubles, row);
      }
    }

    private Binary text(StringColumn strings, int code, int position) {
      Binary text = texts[position][code];
      if (text == null) {
        text = Binary.fromConstantByteArray(Utf8.bytes(strings.dictionary()[code]));
        texts[position][code] = text;
      }
      return text;
    }

    private static void writeList(RecordConsumer out, DoublesColumn doubles, int row) {
      out.startGroup();
      if (doubles.length(row) > 0) {
        out.startField("list", 0);
        for (int i = 0; i < doubles.length(row); i++) {
          out.startGroup();
          out.startField("element", 0);
          out.addDouble(doubles.values()[doubles.offset(row) + i]);
          out.endField("element", 0);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }
  }

  /** A stream as Parquet's output. */
  private record StreamOutputFile(OutputStream stream) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int value) throws IOException {
          stream.write(value);
          position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          stream.write(bytes, offset, length);
          position += length;
        }

        @Override
        public void flush() throws IOException {
          stream.flush();
        }

        @Override
        public void close() throws IOException {
          stream.close();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
