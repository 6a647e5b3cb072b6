package io.github.beamml.core.component;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.row.BadRecords;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BadRecord;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;

/**
 * Offers a component to every SDK: a descriptor and a delegation to the typed transform, no logic.
 * It is registered by its module, in {@code META-INF/services}.
 */
public abstract class ComponentProvider implements SchemaTransformProvider {
  protected static final String INPUT = "input";
  protected static final String OUTPUT = "output";

  private final Descriptor descriptor;
  private final List<String> inputs;

  /**
   * @param inputs names of its inputs: none for what reads, mostly one, {@link #INPUT}
   */
  protected ComponentProvider(Descriptor descriptor, String... inputs) {
    this.descriptor = descriptor;
    this.inputs = List.of(inputs);
  }

  /** Builds the typed transform from the configuration and applies it. */
  protected abstract PCollectionRowTuple expand(
      PCollectionRowTuple input, Configuration configuration);

  public final Descriptor descriptor() {
    return descriptor;
  }

  /** The only input, whatever its name. */
  protected static PCollection<Row> onlyInput(PCollectionRowTuple input) {
    if (input.getAll().size() != 1) {
      throw InvalidInputException.of("inputs", input.getAll().keySet(), "one");
    }
    return input.getAll().values().iterator().next();
  }

  /** The output, with the dead letters beside it where the configuration asks for them. */
  protected static PCollectionRowTuple outputs(
      Configuration configuration, PCollection<Row> rows, PCollection<BadRecord> errors) {
    PCollectionRowTuple output = PCollectionRowTuple.of(OUTPUT, rows);
    return configuration
        .errorOutput()
        .map(name -> output.and(name, errors.apply("ErrorRows", BadRecords.toRows())))
        .orElse(output);
  }

  /** What a chain reads, with the dead letters beside it where the configuration asks for them. */
  protected static PCollectionRowTuple read(
      PCollectionRowTuple input, Configuration configuration, Chain chain) {
    if (configuration.errorOutput().isEmpty()) {
      return PCollectionRowTuple.of(OUTPUT, input.getPipeline().apply("Read", chain.intoRows()));
    }
    PCollectionTuple read = input.getPipeline().apply("Read", chain.intoRowsAndErrors());
    return outputs(configuration, read.get(ApplyToRows.ROWS), read.get(ApplyToRows.ERRORS));
  }

  @Override
  public final String identifier() {
    return descriptor.urn();
  }

  @Override
  public final String description() {
    return descriptor.description();
  }

  @Override
  public final Schema configurationSchema() {
    return descriptor.schema();
  }

  @Override
  public final SchemaTransform from(Row configuration) {
    return new ComponentTransform(this, descriptor.read(configuration));
  }

  @Override
  public final List<String> inputCollectionNames() {
    return inputs;
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of(OUTPUT);
  }

  private static final class ComponentTransform extends SchemaTransform {
    private static final long serialVersionUID = 1L;

    private final transient ComponentProvider provider;
    private final transient Configuration configuration;

    ComponentTransform(ComponentProvider provider, Configuration configuration) {
      this.provider = provider;
      this.configuration = configuration;
    }

    @Override
    public PCollectionRowTuple expand(PCollectionRowTuple input) {
      return provider.expand(input, configuration);
    }
  }
}
