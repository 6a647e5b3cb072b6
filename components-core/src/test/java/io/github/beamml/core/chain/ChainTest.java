package io.github.beamml.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final RowSchema NUMBERS = RowSchema.of(Field.required("n", ValueType.INT64));
  private static final Schema BEAM_NUMBERS = BeamRows.toBeamSchema(NUMBERS);

  /** Counts from 0 in splits of ten numbers, with one bad record after each split. */
  private record Numbers(int count) implements BatchSource<Integer> {
    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public RowSchema schema() {
      return NUMBERS;
    }

    @Override
    public List<Integer> splits() {
      return LongStream.range(0, count / 10).mapToObj(split -> (int) split).toList();
    }

    @Override
    public void read(Integer split, Output output) {
      RowBatchBuilder builder = RowBatch.builder(NUMBERS);
      for (int i = 0; i < 10; i++) {
        builder.addRow(split * 10L + i);
      }
      output.batch(builder.build());
      output.count("read", 11);
      output.bad(new BadRecord(new byte[] {7}, "bad", "cannot be read", "numbers", "split"));
    }
  }

  /** Doubles every number and refuses 13. */
  private static final class TwiceFn implements BatchFn {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "twice";
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      input.position("n", "column");
      return input;
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      int position = batch.schema().position("n");
      int[] kept = new int[batch.size()];
      int count = 0;
      for (int row = 0; row < batch.size(); row++) {
        if (batch.longs(position).get(row) == 13) {
          errors.reject(batch, row, "thirteen");
        } else {
          kept[count++] = row;
        }
      }
      RowBatch rest = batch.take(Arrays.copyOf(kept, count));
      long[] doubled =
          LongStream.of(rest.longs(position).values()).map(value -> 2 * value).toArray();
      return rest.with(NUMBERS.field(0), LongColumn.of(ValueType.INT64, doubled, null));
    }
  }

  @Test
  void aChainReadsComputesAndKeepsDeadLetters() {
    Pipeline pipeline = Pipeline.create();
    Chain.Result<Row> result =
        pipeline.apply(
            Chain.from(new Numbers(30))
                .then(new TwiceFn())
                .into(new RowSink(NUMBERS))
                .keepingDeadLetters());
    PAssert.thatSingleton(result.output().apply(Count.globally())).isEqualTo(29L);
    PAssert.thatMap(result.counts().apply(Sum.longsPerKey())).isEqualTo(Map.of("read", 33L));
    PAssert.that(result.errors())
        .satisfies(
            errors -> {
              assertThat(errors)
                  .hasSize(4)
                  .anySatisfy(
                      bad -> {
                        assertThat(bad.component()).isEqualTo("twice");
                        assertThat(bad.message()).isEqualTo("thirteen");
                        assertThat(bad.record()).asString().isEqualTo("{\"n\":\"13\"}");
                      });
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withoutDeadLettersTheFirstBadRecordFails() {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Chain.from(new Numbers(10)).intoRows());
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining("Cannot continue numbers: cannot be read (split)");
  }

  @Test
  void aFunctionThatDoesNotFitIsRefusedWhenTheChainIsBuilt() {
    BatchFn other =
        new BatchFn() {
          private static final long serialVersionUID = 1L;

          @Override
          public String name() {
            return "other";
          }

          @Override
          public RowSchema outputSchema(RowSchema input) {
            input.position("m", "other.column");
            return input;
          }

          @Override
          public RowBatch apply(RowBatch batch, RowErrors errors) {
            return batch;
          }
        };
    assertThatThrownBy(() -> Chain.from(new Numbers(10)).then(other))
        .hasMessage("Invalid other.column: m is not a column of the input (did you mean n?)");
  }

  @Test
  void rowsKeepTheirTimestampsAndWindowsInAnyOrder() {
    Pipeline pipeline = Pipeline.create();
    List<TimestampedValue<Row>> rows =
        LongStream.rangeClosed(1, 2500)
            .mapToObj(n -> TimestampedValue.of(number(n), Instant.ofEpochMilli(2500 - n)))
            .toList();
    PCollection<Row> windowed =
        pipeline
            .apply(Create.timestamped(rows).withCoder(RowCoder.of(BEAM_NUMBERS)))
            .setRowSchema(BEAM_NUMBERS)
            .apply(Window.into(FixedWindows.of(Duration.millis(1000))));
    PCollectionTuple result = windowed.apply(ApplyToRows.of(new TwiceFn()).keepingDeadLetters());
    PCollection<String> stamped =
        result
            .get(ApplyToRows.ROWS)
            .apply(Reify.windows())
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        value ->
                            String.valueOf(
                                value.getTimestamp().getMillis()
                                        == 2500 - value.getValue().getInt64("n") / 2
                                    && value
                                        .getWindow()
                                        .maxTimestamp()
                                        .isAfter(value.getTimestamp().minus(1))
                                    && value.getWindow().maxTimestamp().getMillis()
                                            - value.getTimestamp().getMillis()
                                        < 1000)));
    PAssert.thatSingleton(
            stamped
                .apply(Filter.equal("true"))
                .apply(Window.into(new GlobalWindows()))
                .apply(Count.globally()))
        .isEqualTo(2499L);
    PAssert.thatSingleton(result.get(ApplyToRows.ERRORS).apply("Bad", Count.globally()))
        .isEqualTo(1L);
    pipeline.run().waitUntilFinish();
  }

  private static Row number(long n) {
    return Row.withSchema(BEAM_NUMBERS).addValue(n).build();
  }
}
