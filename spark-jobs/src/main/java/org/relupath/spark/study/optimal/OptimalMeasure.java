package org.relupath.spark.study.optimal;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relupath.spark.prune.PruningRow;

/** A figure of networks whose median over splits is of interest; the one that matters most last. */
enum OptimalMeasure {
  TRAIN_MSE("trainMse", CandidateFigures::trainMse, PruningRow::trainMse),
  TRAIN_ACCURACY("trainAccuracy", CandidateFigures::trainAccuracy, PruningRow::trainAccuracy),
  VALID_MSE("validMse", CandidateFigures::validMse, PruningRow::validMse),
  VALID_ACCURACY("validAccuracy", CandidateFigures::validAccuracy, PruningRow::validAccuracy),
  TEST_MSE("testMse", CandidateFigures::testMse, PruningRow::testMse),
  TEST_ACCURACY("testAccuracy", CandidateFigures::testAccuracy, PruningRow::testAccuracy);

  private final String label;
  private final Function<CandidateFigures, Double> ofCandidate;
  private final Function<PruningRow, Double> ofPruned;

  OptimalMeasure(
      String label,
      Function<CandidateFigures, Double> ofCandidate,
      Function<PruningRow, Double> ofPruned) {
    this.label = label;
    this.ofCandidate = ofCandidate;
    this.ofPruned = ofPruned;
  }

  /** As the column of the rows is called. */
  String label() {
    return label;
  }

  /** Whether it is a share of rows. */
  boolean share() {
    return label.endsWith("Accuracy");
  }

  /** The figure; null where it was not measured. */
  Double of(CandidateFigures candidate) {
    return ofCandidate.apply(candidate);
  }

  /** The figure; null where it was not measured. */
  Double of(PruningRow row) {
    return ofPruned.apply(row);
  }

  /** Those that were measured, by one network of a data set. */
  static <T> List<OptimalMeasure> known(T one, Function<OptimalMeasure, Double> of) {
    return Stream.of(values()).filter(measure -> of.apply(measure) != null).toList();
  }
}
