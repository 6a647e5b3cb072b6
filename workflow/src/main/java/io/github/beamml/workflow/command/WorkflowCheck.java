package io.github.beamml.workflow.command;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
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
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.definition.Profile;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.definition.YamlFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    if (reader.isEmpty()
        || workflow.programs().containsKey(FeatureDefinition.STAGE)
        || workflow.programs().containsKey(workflow.inputs().get(FeatureDefinition.STAGE))) {
      return Optional.empty();
    }
    RowSchema raw = reader.get().schema();
    if (!reader.get().protection().isEmpty()) {
      raw = ProtectFn.of(reader.get().protection()).outputSchema(raw);
    }
    RowSchema schema = raw;
    FeatureDefinition features = workflow.features();
    for (BatchFn function : Preparation.enrichment(emptyTables(job), features.derived())) {
      schema = function.outputSchema(schema);
    }
    features.labelIs().check(schema, ValueType.BOOLEAN);
    schema = DeriveFn.of(features.label(), features.labelIs()).outputSchema(schema);
    // Row keys are attached as rows are read, whether they are declared or not.
    workflow.split().check(schema.with(Field.ROW_KEY));
    Explanation plan = features.plan().explain(schema);
    for (Expression slice : workflow.testing().slices()) {
      slice.compile(plan.outputSchema());
    }
    return Optional.of(new WorkflowCheck(raw, schema, plan));
  }

  private static void checkConnection(Job job, ReaderDefinition reader) {
    if (reader.source() instanceof ReaderDefinition.Topic topic) {
      Profile.Connection connection =
          job.profile().connection(ReaderDefinition.STAGE + ".source.kafka", topic.connection());
      if (connection instanceof Profile.Embedded embedded && !Files.exists(embedded.sample())) {
        throw CannotException.to("read " + embedded.sample(), "there is no such file");
      }
    }
  }

  /** The lookups' tables without their rows. */
  private static List<Preparation.TableLookup> emptyTables(Job job) {
    List<Preparation.TableLookup> tables = new ArrayList<>();
    for (Lookup lookup : job.workflow().features().lookups()) {
      String path = job.workflow().folder().resolve(lookup.table()).toString();
      RowSchema schema = ParquetFiles.schemaOf(path).select(lookup.tableColumns());
      tables.add(new Preparation.TableLookup(lookup, RowBatch.empty(schema)));
    }
    return tables;
  }
}
