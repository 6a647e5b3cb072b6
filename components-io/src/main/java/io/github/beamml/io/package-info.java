/** Reading and writing rows: Kafka and files. */
@NullMarked
package io.github.beamml.io;

import org.jspecify.annotations.NullMarked;
