package io.github.beamml.io;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A source cut to a closed window of event time. Counts, by name, the rows read, those outside the
 * window and the bad records.
 */
public final class WindowedSource<SplitT extends Serializable> implements BatchSource<SplitT> {
  private static final long serialVersionUID = 1L;

  public static final String READ = "read";
  public static final String OUTSIDE_WINDOW = "outside_window";
  public static final String BAD = "bad";

  private final BatchSource<SplitT> source;
  private final EventWindow window;

  private WindowedSource(BatchSource<SplitT> source, EventWindow window) {
    this.source = source;
    this.window = window;
  }

  /**
   * @throws io.github.beamml.engine.InvalidInputException if the window's column is not one of the
   *     source's timestamps
   */
  public static <SplitT extends Serializable> WindowedSource<SplitT> of(
      BatchSource<SplitT> source, EventWindow window) {
    window.check(source.schema());
    return new WindowedSource<>(source, window);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public RowSchema schema() {
    return source.schema();
  }

  @Override
  public List<SplitT> splits() throws IOException {
    return source.splits();
  }

  @Override
  public void read(SplitT split, Output output) throws IOException {
    source.read(
        split,
        new Output() {
          @Override
          public void batch(RowBatch batch) {
            RowBatch inside = window.inside(batch);
            output.count(READ, batch.size());
            output.count(OUTSIDE_WINDOW, (long) batch.size() - inside.size());
            if (inside.size() > 0) {
              output.batch(inside);
            }
          }

          @Override
          public void bad(BadRecord badRecord) {
            output.count(READ, 1);
            output.count(BAD, 1);
            output.bad(badRecord);
          }

          @Override
          public void count(String name, long number) {
            output.count(name, number);
          }
        });
  }
}
