/** Runs: their records, their order, going on after a kill. */
@NullMarked
package io.github.beamml.workflow.run;

import org.jspecify.annotations.NullMarked;
