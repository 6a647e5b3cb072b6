package io.github.beamml.workflow.stage;

import org.apache.beam.sdk.util.ReleaseInfo;

/** The versions of what runs. */
public final class Versions {
  private Versions() {}

  /** Of this library, or {@code development} where it does not run from a jar. */
  public static String library() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  public static String beam() {
    return ReleaseInfo.getReleaseInfo().getSdkVersion();
  }
}
