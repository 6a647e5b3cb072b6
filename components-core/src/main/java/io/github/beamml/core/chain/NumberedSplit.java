package io.github.beamml.core.chain;

import java.io.Serializable;

/** A split and its place among its source's. */
record NumberedSplit(int number, Serializable split) implements Serializable {}
