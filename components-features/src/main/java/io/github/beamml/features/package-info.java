/** Feature plans on Beam: fit, apply, enrichment by lookup. */
@NullMarked
package io.github.beamml.features;

import org.jspecify.annotations.NullMarked;
