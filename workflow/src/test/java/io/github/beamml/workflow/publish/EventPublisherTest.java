package io.github.beamml.workflow.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventPublisherTest {
  @TempDir Path folder;

  @Test
  void rowsOfCsvAreJsonObjectsOfTheirTypes() throws IOException {
    Path file = folder.resolve("cars.csv");
    Files.writeString(file, "plate,speed\nAB 1,50.5\n\"C \"\"D\"\"\",\n");
    Sample cars =
        Sample.of(file.toString())
            .withSchema(
                RowSchema.of(
                    Field.required("plate", ValueType.STRING),
                    Field.nullable("speed", ValueType.DOUBLE)))
            .withKey(List.of("plate"));
    assertThat(EventPublisher.events(cars))
        .extracting(EventPublisherTest::text)
        .containsExactlyInAnyOrder(
            "AB 1 row {\"plate\":\"AB 1\",\"speed\":50.5}",
            "C \"D\" row {\"plate\":\"C \\\"D\\\"\",\"speed\":null}");
  }

  @Test
  void aCsvRecordThatDoesNotFitIsPublishedAsItStands() throws IOException {
    Path file = folder.resolve("cars.csv");
    Files.writeString(file, "speed\n50.5\nfast\n");
    Sample cars =
        Sample.of(file.toString())
            .withSchema(RowSchema.of(Field.required("speed", ValueType.DOUBLE)));
    assertThat(EventPublisher.events(cars))
        .extracting(EventPublisherTest::text)
        .containsExactlyInAnyOrder("null row {\"speed\":50.5}", "null row fast");
  }

  @Test
  void linesOfJsonArePublishedAsTheyStand() throws IOException {
    Path file = folder.resolve("cars.jsonl");
    Files.writeString(file, "{ \"plate\": 7 }\nbroken\n");
    assertThat(EventPublisher.events(Sample.of(file.toString()).withKey(List.of("plate"))))
        .extracting(EventPublisherTest::text)
        .containsExactlyInAnyOrder("7 row { \"plate\": 7 }", "null row broken");
  }

  @Test
  void whatIsNoSampleIsRefused() throws IOException {
    Path file = folder.resolve("cars.xlsx");
    Files.writeString(file, "");
    assertThatThrownBy(() -> EventPublisher.events(Sample.of(file.toString())))
        .hasMessage(
            "Cannot publish sample " + file + ": its name ends in none of .parquet, .csv, .jsonl");
    assertThatThrownBy(() -> Sample.of("x.csv").withPlant("flight"))
        .hasMessage("Invalid plant: flight is not something to plant (did you mean flights?)");
    assertThatThrownBy(() -> Sample.of("x.csv").withOrder(0))
        .hasMessage("Invalid order: 0 (must be at least 1)");
  }

  private static String text(Event event) {
    String key = event.key() == null ? "null" : new String(event.key(), UTF_8);
    return key + " " + event.kind() + " " + new String(event.value(), UTF_8);
  }
}
