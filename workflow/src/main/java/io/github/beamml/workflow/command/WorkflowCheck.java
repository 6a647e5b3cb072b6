package io.github.beamml.workflow.command;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.expression.DeriveFn;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.feature.Explanation;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.model.Preparation;
import io.github.beamml.engine.protection.ProtectFn;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.split.Part;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.definition.TestingDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.definition.YamlFile;
import io.github.beamml.workflow.stage.FileSources;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be known to be wrong with a workflow before anything runs: connections, the tables
 * of lookups, and every column that is named, through to the features.
 *
 * @param raw the columns of the rows that are read
 * @param prepared with what is looked up and derived, and the label
 */
record WorkflowCheck(RowSchema raw, RowSchema prepared, Explanation plan) {
  /**
   * Checks a workflow.
   *
   * @return its columns; empty if a program leaves the rows, whose columns are known when it has
   *     run
   * @throws InvalidInputException with file and line of what is wrong
   * @throws WrongConfiguration if a file that the workflow names cannot be read
   */
  static Optional<WorkflowCheck> of(Job job) {
    try {
      return YamlFile.read(job.file()).locating(() -> check(job));
    } catch (CannotException e) {
      throw new WrongConfiguration(e);
    }
  }

  private static Optional<WorkflowCheck> check(Job job) {
    Workflow workflow = job.workflow();
    Optional<ReaderDefinition> reader = workflow.reader();
    reader.ifPresent(it -> checkConnection(job, it));
    checkParts(workflow);
    if (reader.isEmpty()
        || workflow.programs().containsKey(FeatureDefinition.STAGE)
        || workflow.programs().containsKey(workflow.inputs().get(FeatureDefinition.STAGE))) {
      return Optional.empty();
    }
    RowSchema raw = protectedRows(reader.get());
    RowSchema schema = raw;
    FeatureDefinition features = workflow.features();
    checkNames(features, raw);
    for (BatchFn function : Preparation.enrichment(emptyTables(job), features.derived())) {
      schema = function.outputSchema(schema);
    }
    features.labelIs().check(schema, ValueType.BOOLEAN);
    schema = DeriveFn.of(features.label(), features.labelIs()).outputSchema(schema);
    // Row keys are attached as rows are read, whether they are declared or not.
    workflow.split().check(schema.with(Field.ROW_KEY));
    Explanation plan = features.plan().explain(schema);
    checkInputs(reader.get(), features, features.plan().inputSchema(schema).names());
    for (Expression slice : workflow.testing().slices()) {
      slice.compile(plan.outputSchema());
    }
    return Optional.of(new WorkflowCheck(raw, schema, plan));
  }

  private static RowSchema protectedRows(ReaderDefinition reader) {
    if (reader.protection().isEmpty()) {
      return reader.schema();
    }
    RowSchema rows = ProtectFn.of(reader.protection()).outputSchema(reader.schema());
    reader.key().check(rows, ReaderDefinition.STAGE + ".row_key");
    return rows;
  }

  private static void checkParts(Workflow workflow) {
    if (!workflow.split().has(Part.TEST)) {
      throw InvalidInputException.of(
          Workflow.SPLIT_STAGE, workflow.split(), "a split with a test part, as a run tests");
    }
    ThresholdRule threshold = workflow.testing().threshold();
    if (threshold.needsValidation() && !workflow.split().has(Part.VALIDATION)) {
      throw InvalidInputException.because(
          TestingDefinition.STAGE + ".threshold",
          threshold + " (dataset-split must have a validation part for it)");
    }
  }

  private static void checkNames(FeatureDefinition features, RowSchema raw) {
    for (String derived : features.derived().keySet()) {
      if (raw.has(derived)) {
        throw InvalidInputException.because(
            FeatureDefinition.STAGE + ".derive." + derived,
            "the rows have a column " + derived + " already (must be a new name)");
      }
    }
  }

  /** What the model will read: not the label, nor what was protected, as raw rows are not. */
  private static void checkInputs(
      ReaderDefinition reader, FeatureDefinition features, List<String> planColumns) {
    if (planColumns.contains(features.label())) {
      throw InvalidInputException.because(
          FeatureDefinition.STAGE + ".features",
          features.label() + " is the label (must not be a feature)");
    }
    Set<String> read = new LinkedHashSet<>(planColumns);
    features.lookups().forEach(lookup -> read.addAll(lookup.inputColumns()));
    features.derived().values().forEach(expression -> read.addAll(expression.columns()));
    for (String column : reader.protection().keySet()) {
      if (read.contains(column)) {
        throw InvalidInputException.because(
            ReaderDefinition.STAGE + ".pii." + column,
            "features, lookups or derived columns read "
                + column
                + " (must not, as rows that are scored later are not protected)");
      }
    }
  }

  private static void checkConnection(Job job, ReaderDefinition reader) {
    if (reader.source() instanceof ReaderDefinition.Topic topic) {
      Profile.Connection connection =
          job.profile().connection(ReaderDefinition.STAGE + ".source.kafka", topic.connection());
      if (connection instanceof Profile.Embedded embedded && !Files.exists(embedded.sample())) {
        throw CannotException.to("read " + embedded.sample(), "there is no such file");
      }
    } else if (reader.source() instanceof ReaderDefinition.FileSource files) {
      FileSources.check(job.workflow().folder(), files);
    }
  }

  private static RowSchema selected(RowSchema table, Lookup lookup, int number) {
    for (String column : lookup.tableColumns()) {
      table.position(column, FeatureDefinition.STAGE + ".lookups[" + number + "]");
    }
    return table.select(lookup.tableColumns());
  }

  /** The lookups' tables without their rows. */
  private static List<Preparation.TableLookup> emptyTables(Job job) {
    List<Preparation.TableLookup> tables = new ArrayList<>();
    for (Lookup lookup : job.workflow().features().lookups()) {
      String path = job.workflow().folder().resolve(lookup.table()).toString();
      RowSchema schema = selected(ParquetFiles.schemaOf(path), lookup, tables.size());
      tables.add(new Preparation.TableLookup(lookup, RowBatch.empty(schema)));
    }
    return tables;
  }
}
