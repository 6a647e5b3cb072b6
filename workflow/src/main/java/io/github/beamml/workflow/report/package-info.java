/** The report of a run: one page that opens anywhere, without a network and without scripts. */
@NullMarked
package io.github.beamml.workflow.report;

import org.jspecify.annotations.NullMarked;
