package io.github.beamml.engine.expression;

/** A position in the text, for what may go wrong there. */
record Place(Source source, int position) {
  String failure(String reason) {
    return reason + source.at(position);
  }
}
