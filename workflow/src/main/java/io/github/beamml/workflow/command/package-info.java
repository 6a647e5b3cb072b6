/**
 * The {@code beamml} command line. Its command classes touch nothing of Beam before it is needed,
 * so that help and lists answer at once.
 */
@NullMarked
package io.github.beamml.workflow.command;

import org.jspecify.annotations.NullMarked;
