package io.github.beamml.io.json;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.SourceProvider;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.file.FileParameters;

/** Offers {@link JsonLines#read} in every language. */
public final class ReadJsonProvider extends SourceProvider {

  public ReadJsonProvider() {
    super(
        Descriptor.of(
                "read_json",
                "Reads files of one JSON object a line as rows of a declared schema; a record that"
                    + " does not fit is a dead letter with its reason, file and line.",
                FileParameters.PATH,
                FileParameters.SCHEMA)
            .withErrors());
  }

  @Override
  protected BatchSource<?> source(Configuration configuration) {
    return JsonLines.source(
        configuration.get(FileParameters.PATH),
        SchemaText.parse("schema", configuration.get(FileParameters.SCHEMA)));
  }
}
