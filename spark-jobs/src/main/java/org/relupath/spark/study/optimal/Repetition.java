package org.relupath.spark.study.optimal;

import org.relupath.core.data.Label;

/**
 * Which repetition of which experiment a row of a table is about.
 *
 * @param dataset the data set
 * @param model relu or gated
 * @param gates how many gate vectors were drawn
 * @param seed by what
 * @param fold which split of the rows
 */
record Repetition(String dataset, String model, int gates, long seed, int fold) {
  static Repetition of(OptimalUnit unit) {
    return new Repetition(
        unit.key().dataSet(),
        Label.of(unit.key().model()),
        unit.key().gates(),
        unit.seed(),
        unit.split());
  }
}
