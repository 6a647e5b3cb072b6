/** Stages that are programs of the user's. */
@NullMarked
package io.github.beamml.workflow.program;

import org.jspecify.annotations.NullMarked;
