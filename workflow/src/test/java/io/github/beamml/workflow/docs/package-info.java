/** Keeps the pages true. */
@NullMarked
package io.github.beamml.workflow.docs;

import org.jspecify.annotations.NullMarked;
