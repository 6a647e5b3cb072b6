/** The artifact format: manifests, digests and seals, and verified reading of their files. */
@NullMarked
package io.github.beamml.engine.artifact;

import org.jspecify.annotations.NullMarked;
