/** What happens to personal data before anything is written. */
@NullMarked
package io.github.beamml.engine.protection;

import org.jspecify.annotations.NullMarked;
