/** Files of any file system that Beam knows. */
@NullMarked
package io.github.beamml.io.file;

import org.jspecify.annotations.NullMarked;
