/** Artifact stores on Beam's file systems, and stores of names. */
@NullMarked
package io.github.beamml.core.store;

import org.jspecify.annotations.NullMarked;
