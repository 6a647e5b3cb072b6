package io.github.beamml.io.parquet;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads Parquet files as batches, column by column, without Hadoop's file systems. */
public final class ParquetFileFormat {
  private static final ParquetReadOptions OPTIONS =
      ParquetReadOptions.builder(new PlainParquetConfiguration())
          .withCodecFactory(new Codecs())
          .build();

  private ParquetFileFormat() {}

  /**
   * The schema of a file.
   *
   * @param name the file's name, for messages
   * @throws CannotException if it is no Parquet file or has a column of a type that rows have not
   */
  public static RowSchema schema(String name, SeekableByteChannel channel) throws IOException {
    try (ParquetFileReader reader = open(name, channel)) {
      return ParquetTypes.toRowSchema(name, reader.getFileMetaData().getSchema());
    }
  }

  /** How many row groups a file has: they can be read apart from each other. */
  public static int rowGroups(String name, SeekableByteChannel channel) throws IOException {
    try (ParquetFileReader reader = open(name, channel)) {
      return reader.getRowGroups().size();
    }
  }

  /**
   * Reads row groups from {@code from} to before {@code to}.
   *
   * @param schema the columns wanted, each present in the file with that type; a column that the
   *     file has as required may be wanted as nullable
   * @param output takes batches of at most {@link RowBatch#DEFAULT_ROWS} rows, in the file's order
   * @throws CannotException if a column is not there or has another type
   */
  public static void read(
      String name,
      SeekableByteChannel channel,
      RowSchema schema,
      int from,
      int to,
      Consumer<RowBatch> output)
      throws IOException {
    try (ParquetFileReader reader = open(name, channel)) {
      MessageType file = reader.getFileMetaData().getSchema();
      check(name, schema, ParquetTypes.toRowSchema(name, selectKnown(file, schema)));
      MessageType wanted = selectKnown(file, schema);
      reader.setRequestedSchema(wanted);
      String createdBy = reader.getFileMetaData().getCreatedBy();
      for (int group = from; group < Math.min(to, reader.getRowGroups().size()); group++) {
        PageReadStore pages = reader.readRowGroup(group);
        RowGroupReader rows = RowGroupReader.open(pages, wanted, createdBy, schema);
        rows.readAll(pages.getRowCount(), output);
      }
    }
  }

  private static MessageType selectKnown(MessageType file, RowSchema schema) {
    List<Type> types = new ArrayList<>();
    for (String column : schema.names()) {
      if (file.containsField(column)) {
        types.add(file.getType(column));
      }
    }
    return new MessageType(file.getName(), types);
  }

  private static void check(String name, RowSchema wanted, RowSchema found) {
    for (var field : wanted.fields()) {
      if (!found.has(field.name())) {
        throw CannotException.to("read " + name, "it has no column " + field.name());
      }
      var actual = found.field(field.name());
      if (actual.type() != field.type() || actual.nullable() && !field.nullable()) {
        throw CannotException.to(
            "read " + name,
            "column "
                + field.name()
                + " is "
                + actual.typeLabel()
                + " there, not "
                + field.typeLabel());
      }
    }
  }

  private static ParquetFileReader open(String name, SeekableByteChannel channel)
      throws IOException {
    try {
      return ParquetFileReader.open(new ChannelInputFile(channel), OPTIONS);
    } catch (RuntimeException e) {
      throw CannotException.to(
          "read " + name, "it is not a Parquet file (" + e.getMessage() + ")", e);
    }
  }
}
