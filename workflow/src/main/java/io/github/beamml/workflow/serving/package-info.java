/** The check that batch, stream and single calls give the same scores. */
@NullMarked
package io.github.beamml.workflow.serving;

import org.jspecify.annotations.NullMarked;
