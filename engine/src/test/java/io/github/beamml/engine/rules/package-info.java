/** What no code of the engine may call, because its result is not the same everywhere. */
@NullMarked
package io.github.beamml.engine.rules;

import org.jspecify.annotations.NullMarked;
