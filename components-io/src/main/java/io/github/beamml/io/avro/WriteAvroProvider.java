package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.io.file.FileParameters;
import io.github.beamml.io.file.FileSinkProvider;

/** Offers {@link AvroFiles#write} in every language. */
public final class WriteAvroProvider extends FileSinkProvider {

  public WriteAvroProvider() {
    super("write_avro", "Writes rows as Avro object container files (deflate).");
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return AvroFiles.sink(configuration.get(FileParameters.FOLDER));
  }
}
