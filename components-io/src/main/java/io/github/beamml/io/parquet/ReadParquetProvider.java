package io.github.beamml.io.parquet;

import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.file.FileParameters;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** Offers {@link ParquetFiles#read} in every language. */
public final class ReadParquetProvider extends ComponentProvider {

  public ReadParquetProvider() {
    super(
        Descriptor.of(
            "read_parquet",
            "Reads Parquet files as rows; the first file's schema holds for all.",
            FileParameters.PATH,
            FileParameters.COLUMNS));
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    String path = configuration.get(FileParameters.PATH);
    RowSchema schema = FileParameters.select(configuration, ParquetFiles.schemaOf(path));
    return read(input, configuration, Chain.from(ParquetFiles.source(path, schema)));
  }
}
