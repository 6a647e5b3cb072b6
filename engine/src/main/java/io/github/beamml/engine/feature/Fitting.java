package io.github.beamml.engine.feature;

import java.io.Serializable;

/** Where fitting stands after a pass: another pass is due, or the features are fitted. */
public sealed interface Fitting extends Serializable permits FitPass, FittedFeatures {}
