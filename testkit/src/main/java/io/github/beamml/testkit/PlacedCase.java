package io.github.beamml.testkit;

import java.nio.file.Path;

/**
 * A case and the folder it has for itself.
 *
 * @param number its place among the cases
 */
record PlacedCase(int number, Path folder, ProviderCase example) {}
