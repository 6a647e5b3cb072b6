/** Avro files as rows and back. */
@NullMarked
package io.github.beamml.io.avro;

import org.jspecify.annotations.NullMarked;
