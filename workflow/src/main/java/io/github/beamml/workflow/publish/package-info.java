/**
 * Fills a topic of the embedded broker from a sample file, so that a workflow can be tried without
 * a Kafka cluster.
 */
@NullMarked
package io.github.beamml.workflow.publish;

import org.jspecify.annotations.NullMarked;
