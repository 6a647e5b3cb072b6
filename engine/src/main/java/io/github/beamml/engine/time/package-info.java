/** Time zones from pinned data, and the calendar that local time is read from. */
@NullMarked
package io.github.beamml.engine.time;

import org.jspecify.annotations.NullMarked;
