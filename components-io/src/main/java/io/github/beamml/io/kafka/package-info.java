/** Kafka topics: closed windows and streams. */
@NullMarked
package io.github.beamml.io.kafka;

import org.jspecify.annotations.NullMarked;
