/** workflow.yaml and profiles as checked values. */
@NullMarked
package io.github.beamml.workflow.definition;

import org.jspecify.annotations.NullMarked;
