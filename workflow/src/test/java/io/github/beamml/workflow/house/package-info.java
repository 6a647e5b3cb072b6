/** The rules that hold the house up: which module may know which. */
@NullMarked
package io.github.beamml.workflow.house;

import org.jspecify.annotations.NullMarked;
