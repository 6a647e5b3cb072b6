/** Models as files: what they read, what they give, and how they are scored. */
@NullMarked
package io.github.beamml.engine.model;

import org.jspecify.annotations.NullMarked;
