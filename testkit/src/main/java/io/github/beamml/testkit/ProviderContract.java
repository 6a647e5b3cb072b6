package io.github.beamml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.core.row.BadRecords;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.RowBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ComponentProvider} promises: a name, a description and parameters that every
 * SDK can read and that do not change unnoticed; that each parameter is effective and an unknown
 * one is refused; and that it does what its typed transform does, bad records included. A
 * component's test implements it:
 *
 * <pre>{@code
 * class ReadThingsProviderTest implements ProviderContract {
 *   @Override
 *   public ComponentProvider provider() {
 *     return new ReadThingsProvider();
 *   }
 *
 *   @Override
 *   public List<ProviderCase> cases(Path folder) throws IOException {
 *     Path file = Files.writeString(folder.resolve("things"), "1\n2\n");
 *     ProviderCase all =
 *         ProviderCase.of(Map.of("path", file.toString()))
 *             .gives(rows(1, 2))
 *             .like((pipeline, inputs) -> pipeline.apply(Things.read(file.toString())));
 *     return List.of(all, all.with("first", 1L).gives(rows(1)));
 *   }
 * }
 * }</pre>
 *
 * <p>A parameter is effective if two cases differ in it alone and in what comes of them. The schema
 * of the configuration stands in a golden file beside the test, {@code read_things.golden.txt}.
 */
public interface ProviderContract {
  /** The provider under test, as {@code META-INF/services} makes it. */
  ComponentProvider provider();

  /**
   * Configurations with what must come of them: at least one that the typed transform equals, two
   * for each parameter, one with dead letters where the component can have them.
   *
   * @param folder empty; each run of a case has one for itself
   */
  List<ProviderCase> cases(Path folder) throws Exception;

  /**
   * What is to be seen of a run: the output's rows. A component that writes gives what it wrote, as
   * something that can be compared.
   */
  default Object seen(ProviderRun run) throws Exception {
    return ProviderRun.rows(run.output("output"));
  }

  /**
   * Parameters whose effect no case can show, such as those of a stream without an end, each with
   * the name of a test of this class that shows it.
   */
  default Map<String, String> shownBy() {
    return Map.of();
  }

  private ProviderRun run(PlacedCase placed, boolean keeping) {
    Map<String, Object> values = new TreeMap<>(placed.example().configuration());
    Schema schema = provider().configurationSchema();
    if (keeping) {
      Schema errors = schema.getField("error_handling").getType().getRowSchema();
      values.put("error_handling", Row.withSchema(errors).addValue("bad").build());
    }
    Row configuration = Row.withSchema(schema).withFieldValues(values).build();
    return ProviderRun.of(
        placed.folder(),
        placed.example().inputs(),
        (pipeline, inputs) -> {
          PCollectionRowTuple input = ProviderRun.tuple(pipeline, inputs);
          return input.apply("Component", provider().from(configuration)).getAll();
        });
  }

  private static ProviderRun runTyped(PlacedCase placed, ProviderCase.Typed typed) {
    return ProviderRun.of(
        placed.folder(),
        placed.example().inputs(),
        (pipeline, inputs) -> {
          Map<String, PCollection<Row>> outputs = new TreeMap<>();
          Collection<PValue> values = typed.apply(pipeline, inputs).expand().values();
          for (PValue value : values) {
            if (value instanceof PCollection<?> rows && rows.hasSchema()) {
              outputs.put("output", rowsOf(rows));
            }
          }
          return outputs;
        });
  }

  @SuppressWarnings("unchecked") // a collection with a schema, which the typed transform gives
  private static PCollection<Row> rowsOf(PCollection<?> collection) {
    return (PCollection<Row>) collection;
  }

  /** All cases, each made anew for a folder of its own. */
  private List<PlacedCase> placedCases(Path folder) throws Exception {
    List<PlacedCase> placed = new ArrayList<>();
    int count = cases(Files.createDirectory(folder.resolve("count"))).size();
    for (int number = 0; number < count; number++) {
      placed.add(placed(folder.resolve("case-" + number), number));
    }
    return placed;
  }

  private PlacedCase placed(Path folder, int number) throws Exception {
    return new PlacedCase(number, Files.createDirectory(folder), cases(folder).get(number));
  }

  @Test
  default void itIsRegistered() {
    assertThat(
            StreamSupport.stream(
                    ServiceLoader.load(SchemaTransformProvider.class).spliterator(), false)
                .filter(found -> found.identifier().equals(provider().identifier()))
                .map(SchemaTransformProvider::getClass))
        .as("providers of " + provider().identifier() + " in META-INF/services")
        .hasSize(1)
        .first()
        .isEqualTo(provider().getClass());
  }

  @Test
  default void itHasANameAndEverythingIsDescribed() {
    Descriptor descriptor = provider().descriptor();
    assertThat(provider().identifier())
        .matches("beamml:schematransform:[a-z][a-z0-9]*(_[a-z0-9]+)*:v[1-9][0-9]*");
    assertThat(provider().description()).matches("(?s)[A-Z].*\\.");
    for (Schema.Field field : provider().configurationSchema().getFields()) {
      assertThat(field.getDescription()).as(field.getName()).matches("(?s)[A-Z].*[.]");
    }
    for (Parameter<?> parameter : descriptor.parameters()) {
      assertThat(parameter.isRequired() && parameter.defaultValue() != null)
          .as(parameter.name() + " is required and has a default")
          .isFalse();
    }
  }

  @Test
  default void itsFieldsAreInOrderAndOfTypesThatEverySdkKnows() {
    List<String> names = provider().configurationSchema().getFieldNames();
    assertThat(names).isSorted().allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
    for (Schema.Field field : provider().configurationSchema().getFields()) {
      assertThat(ConfigurationText.crossesSdks(field.getType())).as(field.getName()).isTrue();
    }
  }

  @Test
  default void itsConfigurationIsThatOfTheGoldenFile() {
    Golden.file(getClass(), provider().descriptor().name() + ".golden.txt")
        .check(ConfigurationText.of(provider()));
  }

  @Test
  default void anUnknownKeyIsRefusedWithTheNearestName() {
    for (String name : provider().configurationSchema().getFieldNames()) {
      String typo = name + name.charAt(name.length() - 1);
      Row row = Row.withSchema(Schema.builder().addStringField(typo).build()).addValue("x").build();
      assertThatThrownBy(() -> provider().from(row))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("Invalid " + typo + ": unknown key (did you mean " + name + "?)");
    }
  }

  @Test
  default void aParameterThatIsRequiredIsMissed(@TempDir Path folder) throws Exception {
    ProviderCase complete = cases(folder).get(0);
    for (Parameter<?> parameter : provider().descriptor().parameters()) {
      if (parameter.isRequired()) {
        Map<String, Object> rest = complete.without(parameter.name()).configuration();
        assertThatThrownBy(() -> provider().descriptor().read("", rest))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith("Invalid " + parameter.name() + ": missing (must be given: ");
      }
    }
  }

  @Test
  default void everyParameterIsEffective(@TempDir Path folder) throws Exception {
    List<ProviderCase> cases = cases(folder);
    for (Parameter<?> parameter : provider().descriptor().parameters()) {
      String name = parameter.name();
      boolean isShown =
          IntStream.range(0, cases.size())
              .anyMatch(
                  a ->
                      IntStream.range(a + 1, cases.size())
                          .anyMatch(b -> cases.get(a).shows(name, cases.get(b))));
      String ownTest = shownBy().get(name);
      boolean isTested =
          Arrays.stream(getClass().getDeclaredMethods())
              .filter(method -> method.getName().equals(ownTest))
              .anyMatch(method -> method.isAnnotationPresent(Test.class));
      assertThat(isShown || isTested)
          .as("two cases that differ in %s alone and in what comes of it", name)
          .isTrue();
    }
  }

  @Test
  default void everyCaseGivesWhatItSays(@TempDir Path folder) throws Exception {
    for (PlacedCase placed : placedCases(folder)) {
      ProviderCase example = placed.example();
      assertThat(example.seen() == null)
          .as("%s has to say what it gives, or how it fails", example)
          .isEqualTo(example.failure() != null);
      if (example.failure() != null) {
        assertThat(failure(placed)).as(example.toString()).isEqualTo(example.failure());
      } else {
        ProviderRun run = run(placed, !example.deadLetters().isEmpty());
        assertThat(seen(run)).as(example.toString()).isEqualTo(example.seen());
      }
    }
  }

  private String failure(PlacedCase placed) {
    try {
      run(placed, false);
    } catch (RuntimeException e) {
      return ProviderRun.messageOf(e);
    }
    return "no failure";
  }

  @Test
  default void theTypedTransformGivesTheSame(@TempDir Path folder) throws Exception {
    int compared = 0;
    for (PlacedCase placed : placedCases(folder)) {
      ProviderCase.Typed typed = placed.example().typed();
      if (typed != null) {
        assertThat(seen(runTyped(placed, typed)))
            .as("the typed transform of %s", placed.example())
            .isEqualTo(placed.example().seen());
        compared++;
      }
    }
    assertThat(compared).as("cases that say which typed transform they are like").isPositive();
  }

  @Test
  default void badRecordsAreDeadLettersWhereAskedForAndFailOtherwise(@TempDir Path folder)
      throws Exception {
    int bad = 0;
    for (PlacedCase placed : placedCases(folder)) {
      List<String> messages = placed.example().deadLetters();
      if (!messages.isEmpty()) {
        bad++;
        assertDeadLetters(run(placed, true).output("bad"), messages);
        String failure = failure(placed(folder.resolve("failing-" + bad), placed.number()));
        assertThat(failure).startsWith("Cannot continue ");
        assertThat(messages).anyMatch(failure::contains);
      }
    }
    assertThat(bad > 0)
        .as("there are cases with dead letters, as the component has error_handling")
        .isEqualTo(provider().descriptor().hasErrors());
  }

  private static void assertDeadLetters(RowBatch letters, List<String> messages) {
    assertThat(letters.schema()).isEqualTo(BadRecords.SCHEMA);
    List<Object> found = new ArrayList<>();
    for (int row = 0; row < letters.size(); row++) {
      found.add(letters.value(row, "error_message"));
      assertThat((String) letters.value(row, "component")).isNotEmpty();
      assertThat((String) letters.value(row, "origin")).isNotEmpty();
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(messages);
  }
}
