/** The five stages. */
@NullMarked
package io.github.beamml.workflow.stage;

import org.jspecify.annotations.NullMarked;
