package io.github.beamml.core.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.store.NameStore;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Model names, their versions, and which version each environment serves. Every change is entered
 * in an append-only history whose entries hold the hash of the one before.
 *
 * <pre>
 * models/{name}/versions/{number}         a {@link ModelVersion}, never changed
 * models/{name}/environments/{name}       {"version": ...}, changed by compare-and-set
 * models/{name}/history/{number}          {"event": ..., "previous": hash, ...}
 * </pre>
 */
public final class ModelRegistry {
  private static final String MODELS = "models";

  private final NameStore names;

  private ModelRegistry(NameStore names) {
    this.names = names;
  }

  public static ModelRegistry in(NameStore names) {
    return new ModelRegistry(names);
  }

  public List<String> models() {
    return names.list(MODELS);
  }

  /** From the first to the newest. */
  public List<ModelVersion> versions(String model) {
    List<ModelVersion> versions = new ArrayList<>();
    for (long number = 1; ; number++) {
      Optional<ModelVersion> version = version(model, number);
      if (version.isEmpty()) {
        return versions;
      }
      versions.add(version.get());
    }
  }

  public Optional<ModelVersion> version(String model, long number) {
    return names
        .get(path(model, "versions", number))
        .map(json -> ModelVersion.fromJson(model, number, json));
  }

  /**
   * Registers a model under the next version number. A model that is registered already, with the
   * same verdict, keeps the version it has.
   */
  public ModelVersion register(
      String model,
      Digest digest,
      Digest seal,
      Digest verdict,
      boolean blessed,
      String run,
      List<String> tags) {
    Names.check("model", model);
    while (true) {
      List<ModelVersion> known = versions(model);
      for (ModelVersion version : known) {
        if (version.digest().equals(digest) && version.verdict().equals(verdict)) {
          return version;
        }
      }
      ModelVersion next =
          new ModelVersion(model, known.size() + 1L, digest, seal, verdict, blessed, run, tags);
      if (names.putIfAbsent(path(model, "versions", next.number()), next.toJson())) {
        record(model, next.toJson().put("event", "registered").put("version", next.label()));
        return next;
      }
    }
  }

  /** The version that an environment serves. */
  public Optional<ModelVersion> inEnvironment(String model, String environment) {
    return names
        .get(environmentPath(model, environment))
        .map(json -> Long.parseLong(json.path("version").asText()))
        .flatMap(number -> version(model, number));
  }

  public List<String> environments(String model) {
    return names.list(MODELS + "/" + Names.check("model", model) + "/environments");
  }

  /**
   * Makes an environment serve a version.
   *
   * @throws CannotException if the version's gates did not pass, or another change came between
   */
  public void promote(ModelVersion version, String environment) {
    if (!version.blessed()) {
      throw CannotException.to(
          "promote " + version.model() + " " + version.label(), "its gate did not pass");
    }
    String path = environmentPath(version.model(), environment);
    ObjectNode value = CanonicalJson.object().put("version", CanonicalJson.int64(version.number()));
    Optional<ObjectNode> before = names.get(path);
    if (before.equals(Optional.of(value))) {
      return;
    }
    boolean done =
        before.isPresent()
            ? names.replace(path, before.get(), value)
            : names.putIfAbsent(path, value);
    if (!done) {
      throw CannotException.to(
          "promote " + version.model() + " " + version.label(),
          environment + " was changed at the same time (look at it and try again)");
    }
    record(
        version.model(),
        CanonicalJson.object()
            .put("event", "promoted")
            .put("version", version.label())
            .put("environment", environment)
            .put("run", version.run()));
  }

  /**
   * Finds a version by {@code name@environment}, {@code name@v2} or {@code name}, which is the
   * newest.
   *
   * @throws CannotException if there is none
   */
  public ModelVersion resolve(String reference) {
    int at = reference.indexOf('@');
    String model = at < 0 ? reference : reference.substring(0, at);
    List<ModelVersion> versions = versions(Names.check("model", model));
    if (versions.isEmpty()) {
      throw InvalidInputException.unknown("model", model, "a registered model", models());
    }
    if (at < 0) {
      return versions.get(versions.size() - 1);
    }
    String which = reference.substring(at + 1);
    for (ModelVersion version : versions) {
      if (version.label().equals(which)) {
        return version;
      }
    }
    return inEnvironment(model, which)
        .orElseThrow(
            () -> CannotException.to("find " + reference, "no version or environment " + which));
  }

  /** The history of a model, oldest first. */
  public List<ObjectNode> history(String model) {
    List<ObjectNode> entries = new ArrayList<>();
    for (long number = 1; ; number++) {
      Optional<ObjectNode> entry = names.get(path(model, "history", number));
      if (entry.isEmpty()) {
        return entries;
      }
      entries.add(entry.get());
    }
  }

  private void record(String model, ObjectNode event) {
    while (true) {
      List<ObjectNode> entries = history(model);
      String previous =
          entries.isEmpty()
              ? ""
              : Hex.of(Sha256.of(CanonicalJson.bytes(entries.get(entries.size() - 1))));
      event.put("previous", previous);
      if (names.putIfAbsent(path(model, "history", entries.size() + 1L), event)) {
        return;
      }
    }
  }

  private static String path(String model, String part, long number) {
    return MODELS + "/" + Names.check("model", model) + "/" + part + "/" + number;
  }

  private static String environmentPath(String model, String environment) {
    return MODELS
        + "/"
        + Names.check("model", model)
        + "/environments/"
        + Names.check("environment", environment);
  }
}
