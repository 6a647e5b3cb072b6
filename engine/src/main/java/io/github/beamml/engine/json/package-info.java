/** Canonical JSON (RFC 8785) for everything that is digested. */
@NullMarked
package io.github.beamml.engine.json;

import org.jspecify.annotations.NullMarked;
