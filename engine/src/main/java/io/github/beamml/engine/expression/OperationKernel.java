package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the arguments, then the operation. Where one text column is all that varies, the
 * operation runs once for each entry of its dictionary instead of once a row.
 */
final class OperationKernel implements Kernel {
  private static final RowSchema NO_COLUMNS = RowSchema.of(List.of());

  private final Operation operation;
  private final List<Typed> arguments;
  private final Place place;
  private final int onlyText;

  private OperationKernel(Operation operation, List<Typed> arguments, Place place) {
    this.operation = operation;
    this.arguments = arguments;
    this.place = place;
    this.onlyText = onlyText(arguments);
  }

  /** The operation applied to arguments of the types that it expects. */
  static Typed typed(
      Source source, int position, ValueType type, Operation operation, List<Typed> arguments) {
    boolean isNullable = arguments.stream().anyMatch(Typed::isNullable);
    boolean isConstant = arguments.stream().allMatch(Typed::isConstant);
    Kernel kernel = new OperationKernel(operation, arguments, new Place(source, position));
    return new Typed(type, isNullable, isConstant, kernel).folded(source);
  }

  private static int onlyText(List<Typed> arguments) {
    int found = -1;
    for (int i = 0; i < arguments.size(); i++) {
      if (!arguments.get(i).isConstant()) {
        if (found >= 0 || !arguments.get(i).is(ValueType.STRING)) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /** Walks down first arguments in a loop: a sum of thousands of terms is as deep as it is long. */
  @Override
  public Values compute(RowBatch batch) {
    List<OperationKernel> nested = new ArrayList<>();
    Kernel innermost = this;
    while (innermost instanceof OperationKernel kernel && !kernel.arguments.isEmpty()) {
      nested.add(kernel);
      innermost = kernel.arguments.get(0).kernel();
    }
    Values values = innermost.compute(batch);
    for (int i = nested.size() - 1; i >= 0; i--) {
      values = nested.get(i).apply(values, batch);
    }
    return values;
  }

  private Values apply(Values first, RowBatch batch) {
    Column[] columns = new Column[arguments.size()];
    Failures failures = null;
    for (int i = 0; i < columns.length; i++) {
      Values values = i == 0 ? first : arguments.get(i).kernel().compute(batch);
      if (i == onlyText && isDictionaryShorter(values.column())) {
        return byEntry((StringColumn) values.column(), values.failures());
      }
      columns[i] = values.column();
      failures = Failures.either(failures, values.failures());
    }
    Call call = new Call(columns, batch.size(), failures, place);
    Column result = operation.apply(call);
    return new Values(result, call.failures());
  }

  private static boolean isDictionaryShorter(Column column) {
    int entries = ((StringColumn) column).dictionary().length;
    return entries > 0 && entries < column.size();
  }

  private Values byEntry(StringColumn texts, @Nullable Failures inherited) {
    int entries = texts.dictionary().length;
    RowBatch one = RowBatch.of(NO_COLUMNS, List.of(), entries);
    Column[] columns = new Column[arguments.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          i == onlyText
              ? StringColumn.of(texts.dictionary(), upTo(entries), null)
              : arguments.get(i).kernel().compute(one).column();
    }
    Call call = new Call(columns, entries, null, place);
    Column results = operation.apply(call);
    int[] codes = codes(texts);
    Column taken = results.take(codes);
    Column result = Values.withNulls(taken, Nulls.either(taken.nulls(), texts.nulls()));
    return new Values(result, Failures.either(inherited, spread(call.failures(), codes, result)));
  }

  private static @Nullable Failures spread(@Nullable Failures entries, int[] codes, Column result) {
    if (entries == null) {
      return null;
    }
    Failures rows = new Failures(codes.length);
    for (int row = 0; row < codes.length; row++) {
      String reason = entries.reason(codes[row]);
      if (reason != null && !result.isNull(row)) {
        rows.add(row, reason);
      }
    }
    return rows;
  }

  /** The codes, with entry 0 where a null leaves them unspecified. */
  private static int[] codes(StringColumn texts) {
    if (!texts.hasNulls()) {
      return texts.codes();
    }
    int[] codes = texts.codes().clone();
    for (int row = 0; row < codes.length; row++) {
      if (texts.isNull(row)) {
        codes[row] = 0;
      }
    }
    return codes;
  }

  private static int[] upTo(int entries) {
    int[] codes = new int[entries];
    for (int i = 0; i < entries; i++) {
      codes[i] = i;
    }
    return codes;
  }
}
