package io.github.beamml.engine.exact;

/**
 * A term and how often it occurs.
 *
 * @param term the term
 * @param count its number of occurrences, at least 1
 */
public record TermCount(String term, long count) {}
