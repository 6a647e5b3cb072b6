/** Chains of components of several modules. */
@NullMarked
package io.github.beamml.workflow.fused;

import org.jspecify.annotations.NullMarked;
