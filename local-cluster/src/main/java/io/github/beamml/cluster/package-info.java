/**
 * Real clusters on loopback, each a process of its own: started, used and stopped by the command
 * line and by tests. What is started here never outlives the program that started it.
 */
@NullMarked
package io.github.beamml.cluster;

import org.jspecify.annotations.NullMarked;
