package io.github.beamml.io.parquet;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.io.file.FileNames;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers {@link ParquetFiles#write} in every language. */
public final class WriteParquetProvider extends ComponentProvider {

  public WriteParquetProvider() {
    super(
        Descriptor.of(
            "write_parquet",
            "Writes rows as Parquet files (zstd)."
                + " Which file a row is in depends on its content alone. Output: the files' names.",
            FileParameters.FOLDER,
            FileParameters.SHARDS),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    return PCollectionRowTuple.of(
        OUTPUT,
        onlyInput(input)
            .apply(
                "Write",
                ParquetFiles.write(
                    configuration.get(FileParameters.FOLDER), FileParameters.shards(configuration)))
            .apply("Names", FileNames.toRows()));
  }
}
