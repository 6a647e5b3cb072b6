package io.github.beamml.engine.feature;

/** Where fitting stands after a pass: another pass is due, or the features are fitted. */
public sealed interface Fitting permits FitPass, FittedFeatures {}
