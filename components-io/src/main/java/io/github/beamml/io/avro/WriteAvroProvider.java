package io.github.beamml.io.avro;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SinkProvider;
import io.github.beamml.io.file.FileNames;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Offers {@link AvroFiles#write} in every language. */
public final class WriteAvroProvider extends SinkProvider<String> {

  public WriteAvroProvider() {
    super(
        Descriptor.of(
            "write_avro",
            "Writes rows as Avro object container files (deflate)."
                + " Which file a row is in depends on its content alone. Output: the files' names.",
            FileParameters.FOLDER,
            SHARDS));
  }

  @Override
  protected BatchSink<String> sink(Configuration configuration) {
    return AvroFiles.sink(configuration.get(FileParameters.FOLDER));
  }

  @Override
  protected PTransform<PCollection<String>, PCollection<Row>> toRows() {
    return FileNames.toRows();
  }
}
