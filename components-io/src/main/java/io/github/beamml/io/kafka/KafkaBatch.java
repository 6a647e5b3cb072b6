package io.github.beamml.io.kafka;

import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import java.util.List;

/**
 * What one poll of a topic brought.
 *
 * @param rows with each record's own time in the last column
 */
record KafkaBatch(RowBatch rows, List<BadRecord> bad) {}
