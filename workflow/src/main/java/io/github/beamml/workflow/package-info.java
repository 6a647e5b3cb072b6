/** The stages that make a workflow, its definition and its command line. */
@NullMarked
package io.github.beamml.workflow;

import org.jspecify.annotations.NullMarked;
