package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SourceProvider;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.file.FileParameters;

/** Offers {@link AvroFiles#read} in every language. */
public final class ReadAvroProvider extends SourceProvider {

  public ReadAvroProvider() {
    super(
        Descriptor.of(
                "read_avro",
                "Reads Avro object container files as rows; the first file's schema holds for all.",
                FileParameters.PATH,
                FileParameters.COLUMNS)
            .withErrors());
  }

  @Override
  protected BatchSource<?> source(Configuration configuration) {
    String path = configuration.get(FileParameters.PATH);
    RowSchema schema = FileParameters.select(configuration, AvroFiles.schemaOf(path));
    return AvroFiles.source(path, schema);
  }
}
