package io.github.beamml.engine.row;

/** Attaches row keys to rows as they enter: column {@link Field#ROW_KEY}. */
public final class RowKeyFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final RowKey key;

  private RowKeyFn(RowKey key) {
    this.key = key;
  }

  public static RowKeyFn of(RowKey key) {
    return new RowKeyFn(key);
  }

  @Override
  public String name() {
    return "row_key";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    key.check(input, "row_key");
    return input.with(Field.ROW_KEY);
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    return key.attach(batch);
  }
}
