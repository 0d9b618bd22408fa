package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.Model;
import org.relupath.core.reference.CsvTable;
import org.relupath.core.reference.Instance;

/** Optimal sets of real data with random patterns: one network, all of E active. */
class OracleOptimalSetTest {

  static Stream<Arguments> cases() {
    return Stream.of("diab-P60-s1", "dig-P50-s3")
        .flatMap(
            name ->
                Stream.of(Model.values())
                    .flatMap(
                        model ->
                            Stream.of(0.1, 0.01).map(ratio -> Arguments.of(name, model, ratio))));
  }

  private static Instance read(String name) {
    double[][] table = CsvTable.read("/oracle/" + name + "/data.csv.gz", true);
    return new Instance(
        name,
        CsvTable.withoutLastColumn(table),
        CsvTable.lastColumn(table),
        CsvTable.read("/oracle/" + name + "/gates.csv", false));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void randomPatternsOnRealDataHaveOneOptimum(String name, Model model, double ratio) {
    Instance data = read(name);
    OptimalSet set = TinyCase.optimalSet(data, model, ratio * data.lambdaMax(model));
    int active = set.solution().weights().size();
    assertThat(set.equicorrelation().undecided()).isZero();
    assertThat(set.equicorrelation().size()).isEqualTo(active);
    assertThat(set.equicorrelation().nextRatio()).isLessThan(1 - 1e-5);
    assertThat(set.polytope().supportRank().value()).isEqualTo(set.neurons().size());
    assertThat(set.dimension()).isZero();
    assertThat(set.uniqueness().state()).isEqualTo(Uniqueness.State.UNIQUE);
  }
}
