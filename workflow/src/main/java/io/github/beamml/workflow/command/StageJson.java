package io.github.beamml.workflow.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.workflow.stage.StageRecord;

/** What a stage left, as {@code --json} shows it. */
final class StageJson {
  private StageJson() {}

  static ObjectNode of(StageRecord record) {
    ObjectNode json =
        CanonicalJson.object()
            .put("name", record.stage())
            .put("summary", record.summary())
            .put("seconds", record.millis() / 1000.0)
            .put("rows_in", record.rowsIn())
            .put("rows_out", record.rowsOut())
            .put("artifact", record.artifact(StageRecord.MAIN).digest().text());
    ObjectNode counts = json.putObject("counts");
    record.counts().forEach(counts::put);
    ObjectNode artifacts = json.putObject("artifacts");
    record.artifacts().forEach((role, left) -> artifacts.put(role, left.digest().text()));
    return json;
  }
}
