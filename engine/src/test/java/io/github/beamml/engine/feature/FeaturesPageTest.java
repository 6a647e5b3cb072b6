package io.github.beamml.engine.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on features says what is so. */
class FeaturesPageTest {
  private static final Path PAGE = Path.of("../docs/features.md");

  @Test
  void theExampleIsAPlanOfEveryKindOfStep() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```json\n") + "```json\n".length();
    FeaturePlan plan =
        FeaturePlan.fromJson(
            CanonicalJson.parse("page", page.substring(start, page.indexOf("```", start))));
    List<Field> fields = new ArrayList<>();
    for (String text : List.of("carrier", "dest")) {
      fields.add(Field.nullable(text, ValueType.STRING));
    }
    for (String number :
        List.of(
            "temp", "wind_speed", "distance", "origin_lat", "origin_lon", "dest_lat", "dest_lon")) {
      fields.add(Field.nullable(number, ValueType.DOUBLE));
    }
    fields.add(Field.nullable("plane_year", ValueType.INT64));
    fields.add(Field.nullable("seats", ValueType.INT64));
    fields.add(Field.required("sched_dep", ValueType.TIMESTAMP));
    plan.check(RowSchema.of(fields));
    assertThat(plan.steps().stream().map(Step::name).distinct())
        .containsAll(Steps.names().stream().filter(name -> !name.equals("select")).toList());
  }

  @Test
  void everyStepHasItsLineInTheTable() throws IOException {
    String page = Files.readString(PAGE);
    for (String name : Steps.names()) {
      assertThat(page).containsPattern("\\| (`\\w+`, )?`" + name + "`( \\||, )");
    }
  }
}
