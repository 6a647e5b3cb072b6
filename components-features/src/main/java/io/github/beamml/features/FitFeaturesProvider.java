package io.github.beamml.features;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.split.Split;
import org.apache.beam.sdk.values.PCollectionRowTuple;

/** {@link Features#fit} for every SDK: fits, applies to all rows, and may write what it fitted. */
public final class FitFeaturesProvider extends ComponentProvider {
  private static final Parameter<String> PLAN =
      Parameter.string(
              "plan",
              "The steps as JSON, such as [{\"impute\": {\"column\": \"temp\", \"with\":"
                  + " \"median\"}}, {\"one_hot\": \"carrier\"}].")
          .required();
  private static final Parameter<String> SPLIT =
      Parameter.string(
          "split",
          "A split as JSON, such as {\"by_time\": \"sched_dep\", \"test_from\": \"2013-11-01\"};"
              + " its training rows fit. Without it all rows do.");
  private static final Parameter<String> ZONE =
      Parameter.string(
              "zone", "Time zone of dates in the split and of steps that name none, by IANA name.")
          .defaultTo("UTC");
  private static final Parameter<String> WRITE_TO =
      Parameter.string("write_to", "File that the fitted features are written to.");

  public FitFeaturesProvider() {
    super(
        Descriptor.of(
            "fit_features",
            "Fits features to bounded training rows and transforms all rows by them.",
            PLAN,
            SPLIT,
            ZONE,
            WRITE_TO),
        INPUT);
  }

  @Override
  protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
    String zone = configuration.get(ZONE);
    FeaturePlan plan =
        FeaturePlan.fromJson(CanonicalJson.parse("plan", configuration.get(PLAN)), zone);
    FitFeatures fit =
        configuration
            .find(SPLIT)
            .map(text -> Split.fromJson(CanonicalJson.parse("split", text), zone))
            .map(split -> Features.fit(plan).on(split.train()))
            .orElseGet(() -> Features.fit(plan));
    Features features = onlyInput(input).apply("Fit", fit);
    configuration.find(WRITE_TO).ifPresent(features::writeTo);
    return PCollectionRowTuple.of(OUTPUT, features.rows());
  }
}
