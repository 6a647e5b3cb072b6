/** What every SchemaTransform provider of the library is made of. */
@NullMarked
package io.github.beamml.core.component;

import org.jspecify.annotations.NullMarked;
