package io.github.beamml.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBatchTest {
  static final RowSchema EVERY_TYPE =
      RowSchema.of(
          Field.nullable("flag", ValueType.BOOLEAN),
          Field.nullable("count", ValueType.INT64),
          Field.nullable("ratio", ValueType.DOUBLE),
          Field.nullable("text", ValueType.STRING),
          Field.nullable("raw", ValueType.BYTES),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("list", ValueType.DOUBLES));

  static RowBatch threeRows() {
    return RowBatch.builder(EVERY_TYPE)
        .addRow(true, 7L, 1.5, "a", new byte[] {1, 2}, 1_000_000L, new double[] {1, 2})
        .addRow(null, null, null, null, null, null, null)
        .addRow(false, -7L, Double.NaN, "β", new byte[0], -1L, new double[0])
        .build();
  }

  private static RowBatch throughCodec(RowBatch batch) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RowBatchCodec(batch.schema()).encode(batch, out);
    return new RowBatchCodec(batch.schema()).decode(new ByteArrayInputStream(out.toByteArray()));
  }

  private static void assertSameRows(RowBatch actual, RowBatch expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int row = 0; row < expected.size(); row++) {
      assertThat(actual.row(row).toArray()).isEqualTo(expected.row(row).toArray());
    }
  }

  @Test
  void valuesComeBackAsTheyWereSet() {
    RowBatch batch = threeRows();
    assertThat(batch.row(0).toArray())
        .isEqualTo(
            new Object[] {true, 7L, 1.5, "a", new byte[] {1, 2}, 1_000_000L, new double[] {1, 2}});
    assertThat(batch.row(1)).containsOnlyNulls();
    assertThat(batch.value(2, "text")).isEqualTo("β");
    assertThat(batch.column("ratio").nullCount()).isEqualTo(1);
  }

  @Test
  void aTimestampMayBeAnInstant() {
    RowSchema schema = RowSchema.of(Field.required("at", ValueType.TIMESTAMP));
    RowBatch batch =
        RowBatch.builder(schema)
            .addRow(Instant.parse("1970-01-01T00:00:01.000002999Z"))
            .addRow(Instant.parse("1969-12-31T23:59:59.999999500Z"))
            .build();
    assertThat(batch.longs(0).values()).startsWith(1_000_002L, -1L);
  }

  @Test
  void theCodecKeepsEveryTypeAndNull() throws IOException {
    assertSameRows(throughCodec(threeRows()), threeRows());
    assertSameRows(throughCodec(RowBatch.empty(EVERY_TYPE)), RowBatch.empty(EVERY_TYPE));
  }

  @Test
  void theCodecWritesOnlyTheDictionaryEntriesInUse() throws IOException {
    RowBatch second = threeRows().take(new int[] {2});
    StringColumn text = (StringColumn) throughCodec(second).column("text");
    assertThat(text.dictionary()).containsExactly("β");
  }

  @Test
  void cutOffAndForeignBytesAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowBatchCodec codec = new RowBatchCodec(EVERY_TYPE);
    codec.encode(threeRows(), out);
    byte[] bytes = out.toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(new ByteArrayInputStream(cut)))
          .isInstanceOf(CannotException.class)
          .hasMessage("Cannot read row batch: the bytes are cut off");
    }
    bytes[0] = 9;
    assertThatThrownBy(() -> codec.decode(new ByteArrayInputStream(bytes)))
        .hasMessage("Cannot read row batch: version 9, this library reads 1");
  }

  @Test
  void rowsCanBeTakenAndJoined() {
    RowBatch batch = threeRows();
    RowBatch reversed = batch.take(new int[] {2, 1, 0});
    RowBatch joined =
        RowBatch.concat(
            EVERY_TYPE,
            List.of(
                reversed.take(new int[] {2}),
                reversed.take(new int[] {1}),
                reversed.take(new int[] {0})));
    assertSameRows(joined, batch);
  }

  @Test
  void manyRowsGrowEveryColumn() {
    RowBatchBuilder builder = RowBatch.builder(EVERY_TYPE);
    for (int i = 0; i < 1000; i++) {
      builder.addRow(
          i % 2 == 0, (long) i, i / 2.0, "t" + i, new byte[i % 5], (long) i, new double[i % 3]);
    }
    RowBatch batch = builder.build();
    assertThat(batch.row(999).toArray())
        .isEqualTo(new Object[] {false, 999L, 499.5, "t999", new byte[4], 999L, new double[0]});
    assertThat(builder.size()).isZero();
  }

  @Test
  void negativeZeroAndForeignNansBecomeCanonical() {
    RowSchema schema = RowSchema.of(Field.required("x", ValueType.DOUBLE));
    double foreignNan = Double.longBitsToDouble(0x7ff8000000000001L);
    RowBatch batch = RowBatch.builder(schema).addRow(-0.0).addRow(foreignNan).build();
    assertThat(Double.doubleToRawLongBits(batch.doubles(0).get(0))).isZero();
    assertThat(Double.doubleToRawLongBits(batch.doubles(0).get(1))).isEqualTo(0x7ff8000000000000L);
  }

  @Test
  void aRowThatLacksARequiredValueIsDroppedAndNamed() {
    RowSchema schema =
        RowSchema.of(Field.required("id", ValueType.STRING), Field.nullable("x", ValueType.DOUBLE));
    RowBatchBuilder builder = RowBatch.builder(schema);
    assertThatThrownBy(() -> builder.setDouble(1, 4).endRow())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid id: null (must be present)");
    builder.addRow("a", null);
    assertThat(builder.build().row(0)).containsExactly("a", null);
  }

  @Test
  void loneSurrogatesAndWrongTypesAreRefused() {
    RowBatchBuilder builder = RowBatch.builder(EVERY_TYPE);
    assertThatThrownBy(() -> builder.set(3, "\ud800x"))
        .hasMessage("Invalid text: a lone surrogate (must be well-formed Unicode)");
    assertThatThrownBy(() -> builder.set(1, "7"))
        .hasMessage("Invalid count: String (must be int64?)");
    assertThatThrownBy(() -> builder.set(2, (1L << 53) + 1))
        .hasMessage("Invalid ratio: Long (must be double?)");
  }

  @Test
  void anUnknownColumnNamesTheNearest() {
    assertThatThrownBy(() -> threeRows().column("cuont"))
        .hasMessage("Invalid column: cuont is not a column of the input (did you mean count?)");
  }

  @Test
  void schemasSurviveJson() {
    assertThat(RowSchema.fromJson(EVERY_TYPE.toJson())).isEqualTo(EVERY_TYPE);
  }

  @Test
  void stringsSortByCodePoint() {
    List<String> sorted =
        List.of("\uffee", "z", "\ud83d\ude00", "", "zz").stream().sorted(Utf8.ORDER).toList();
    assertThat(sorted).containsExactly("", "z", "zz", "\uffee", "\ud83d\ude00");
  }
}
