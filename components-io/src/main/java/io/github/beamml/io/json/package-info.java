/** JSON objects as rows and back. */
@NullMarked
package io.github.beamml.io.json;

import org.jspecify.annotations.NullMarked;
