package io.github.beamml.io.file;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The names of written files as rows: {@code file: string}. */
public final class FileNames extends PTransform<PCollection<String>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;
  private static final Schema SCHEMA = Schema.builder().addStringField("file").build();

  private FileNames() {}

  public static FileNames toRows() {
    return new FileNames();
  }

  @Override
  public PCollection<Row> expand(PCollection<String> files) {
    return files
        .apply(
            "ToRows",
            MapElements.into(TypeDescriptors.rows())
                .via(file -> Row.withSchema(SCHEMA).addValue(file).build()))
        .setRowSchema(SCHEMA);
  }
}
