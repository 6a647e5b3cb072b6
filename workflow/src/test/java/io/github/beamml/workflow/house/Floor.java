package io.github.beamml.workflow.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The modules from the ground up, with the modules that each may know. */
enum Floor {
  ENGINE("engine", "engine"),
  CORE("components-core", "core", ENGINE),
  CLUSTER("local-cluster", "cluster", ENGINE),
  TESTKIT("testkit", "testkit", ENGINE, CORE, CLUSTER),
  PORTABILITY("portable-options", "portability", ENGINE, CORE),
  IO("components-io", "io", ENGINE, CORE),
  FEATURES("components-features", "features", ENGINE, CORE),
  SPLIT("components-split", "split", ENGINE, CORE),
  TRAINING("components-training", "training", ENGINE, CORE, FEATURES),
  SMILE("components-training-smile", "training.smile", ENGINE, CORE, FEATURES, TRAINING),
  SERVING("components-serving", "serving", ENGINE, CORE),
  WORKFLOW(
      "workflow",
      "workflow",
      ENGINE,
      CORE,
      CLUSTER,
      PORTABILITY,
      IO,
      FEATURES,
      SPLIT,
      TRAINING,
      SMILE,
      SERVING);

  private static final String ROOT = "io.github.beamml.";

  private final String folder;
  private final String rootPackage;
  private final Set<Floor> known;

  Floor(String folder, String rootPackage, Floor... known) {
    this.folder = folder;
    this.rootPackage = ROOT + rootPackage;
    this.known = Set.of(known);
  }

  /** The module's folder in the repository. */
  String folder() {
    return folder;
  }

  /** All packages of the module, as ArchUnit writes them. */
  String packages() {
    return rootPackage + "..";
  }

  /** The floor that a package belongs to: the one with the longest root package. */
  static Floor of(String packageName) {
    Floor found = null;
    for (Floor floor : values()) {
      boolean inside =
          packageName.equals(floor.rootPackage) || packageName.startsWith(floor.rootPackage + ".");
      if (inside && (found == null || floor.rootPackage.length() > found.rootPackage.length())) {
        found = floor;
      }
    }
    if (found == null) {
      throw new IllegalArgumentException(packageName + " belongs to no module");
    }
    return found;
  }

  /** Whether this module may use {@code other}. */
  boolean mayKnow(Floor other) {
    return this == other || known.contains(other);
  }

  /** The modules' folders, lowest first. */
  static List<String> folders() {
    List<String> folders = new ArrayList<>();
    for (Floor floor : values()) {
      folders.add(floor.folder);
    }
    return folders;
  }
}
