/**
 * The events that are planted among those of the flight-delays example, as its page on events
 * describes them.
 */
@NullMarked
package io.github.beamml.workflow.publish.flights;

import org.jspecify.annotations.NullMarked;
