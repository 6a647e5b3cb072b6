package io.github.beamml.io.parquet;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;

/** Decodes the columns of one row group into batches. */
final class RowGroupReader {
  private final RowSchema schema;
  private final List<ColumnDecoder> decoders;

  private RowGroupReader(RowSchema schema, List<ColumnDecoder> decoders) {
    this.schema = schema;
    this.decoders = decoders;
  }

  static RowGroupReader open(
      PageReadStore pages, MessageType message, String createdBy, RowSchema schema) {
    List<ColumnDecoder> decoders = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      decoders.add(ColumnDecoder.of(schema.field(i)));
    }
    ColumnReadStore store =
        new ColumnReadStoreImpl(pages, rootOf(message, schema, decoders), message, createdBy);
    for (ColumnDescriptor column : message.getColumns()) {
      decoders
          .get(schema.position(column.getPath()[0]))
          .open(store.getColumnReader(column), column);
    }
    return new RowGroupReader(schema, decoders);
  }

  /** Parquet finds the converter that takes a column's values by walking down this tree. */
  private static GroupConverter rootOf(
      MessageType message, RowSchema schema, List<ColumnDecoder> decoders) {
    return new GroupConverter() {
      @Override
      public Converter getConverter(int field) {
        ColumnDecoder decoder = decoders.get(schema.position(message.getFieldName(field)));
        return message.getType(field).isPrimitive()
            ? decoder.converter()
            : new ListConverter(new ListConverter(decoder.converter()));
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    };
  }

  /** A level of a list: its one child is the level below. */
  private static final class ListConverter extends GroupConverter {
    private final Converter child;

    ListConverter(Converter child) {
      this.child = child;
    }

    @Override
    public Converter getConverter(int field) {
      return child;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  void readAll(long rows, Consumer<RowBatch> output) {
    for (long start = 0; start < rows; start += RowBatch.DEFAULT_ROWS) {
      int count = (int) Math.min(RowBatch.DEFAULT_ROWS, rows - start);
      List<Column> columns = new ArrayList<>(decoders.size());
      for (ColumnDecoder decoder : decoders) {
        columns.add(decoder.read(count));
      }
      output.accept(RowBatch.of(schema, columns, count));
    }
  }
}
