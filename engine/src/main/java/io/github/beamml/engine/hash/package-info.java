/** SHA-256, hexadecimal text and stable seeded hashing. */
@NullMarked
package io.github.beamml.engine.hash;

import org.jspecify.annotations.NullMarked;
