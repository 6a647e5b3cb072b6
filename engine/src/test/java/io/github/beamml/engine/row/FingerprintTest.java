package io.github.beamml.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final RowBatch batch = RowBatchTest.threeRows();

  /** Made once by hand: SHA-256 of 01..., see CanonicalRowBytes. It may never change. */
  @Test
  void aRowsHashIsTheGoldenOne() {
    RowSchema schema =
        RowSchema.of(Field.required("b", ValueType.INT64), Field.nullable("a", ValueType.STRING));
    RowBatch row = RowBatch.builder(schema).addRow(1L, "x").build();
    byte[] expected = Sha256.of(new byte[] {4, 0, 0, 0, 1, 'x', 2, 0, 0, 0, 0, 0, 0, 0, 1});
    assertThat(Hex.of(RowHash.ofAll(row))).isEqualTo(Hex.of(expected));
  }

  @Test
  void orderAndBatchingOfRowsDoNotMatter() {
    Fingerprint whole = Fingerprint.of(batch);
    Fingerprint parts =
        Fingerprint.of(batch.take(new int[] {2}))
            .plus(Fingerprint.of(batch.take(new int[] {1, 0})));
    assertThat(parts).isEqualTo(whole);
    assertThat(parts.digest(batch.schema())).isEqualTo(whole.digest(batch.schema()));
  }

  @Test
  void howOftenARowOccursMatters() {
    Fingerprint once = Fingerprint.of(batch);
    Fingerprint twice = Fingerprint.of(batch.take(new int[] {0, 0, 1, 2}));
    Fingerprint three = Fingerprint.of(batch.take(new int[] {0, 0, 0, 1, 2}));
    assertThat(List.of(once, twice, three)).doesNotHaveDuplicates();
    assertThat(three.minus(Fingerprint.of(batch.take(new int[] {0, 0})))).isEqualTo(once);
  }

  @Test
  void orderAndNullabilityOfFieldsAndSystemColumnsDoNotMatter() {
    RowSchema one =
        RowSchema.of(Field.required("b", ValueType.INT64), Field.required("a", ValueType.INT64));
    RowSchema other =
        RowSchema.of(Field.nullable("a", ValueType.INT64), Field.nullable("b", ValueType.INT64));
    RowBatch first = RowKey.of(List.of("a")).attach(RowBatch.builder(one).addRow(2L, 1L).build());
    RowBatch second = RowBatch.builder(other).addRow(1L, 2L).build();
    assertThat(Fingerprint.of(first).digest(first.schema()))
        .isEqualTo(Fingerprint.of(second).digest(second.schema()));
  }

  @Test
  void aTypeIsPartOfTheIdentity() {
    RowSchema number = RowSchema.of(Field.nullable("a", ValueType.INT64));
    RowSchema instant = RowSchema.of(Field.nullable("a", ValueType.TIMESTAMP));
    assertThat(Fingerprint.empty().digest(number))
        .isNotEqualTo(Fingerprint.empty().digest(instant));
  }

  @Test
  void jsonKeepsIt() {
    Fingerprint fingerprint = Fingerprint.of(batch);
    assertThat(Fingerprint.fromJson(fingerprint.toJson())).isEqualTo(fingerprint);
  }

  @Test
  void declaredKeysDependOnTheirFieldsAlone() {
    RowSchema schema =
        RowSchema.of(Field.required("id", ValueType.STRING), Field.nullable("x", ValueType.DOUBLE));
    RowBatch rows = RowBatch.builder(schema).addRow("k", 1.0).addRow("k", 2.0).build();
    BytesColumn declared = RowKey.of(List.of("id")).compute(rows);
    BytesColumn content = RowKey.of(List.of()).compute(rows);
    assertThat(declared.get(0)).isEqualTo(declared.get(1)).hasSize(32);
    assertThat(Arrays.equals(content.get(0), content.get(1))).isFalse();
    assertThat(RowKey.occurrence(content.get(0), 0)).isEqualTo(content.get(0));
    assertThat(RowKey.occurrence(content.get(0), 1)).isNotEqualTo(content.get(0)).hasSize(32);
  }
}
