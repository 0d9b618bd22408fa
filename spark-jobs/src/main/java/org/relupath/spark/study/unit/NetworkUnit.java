package org.relupath.spark.study.unit;

import org.relupath.core.data.Observations;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.path.PathPoint;
import org.relupath.spark.io.Json;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;

/**
 * The network that a study chooses for one data set and model: what {@code fit} makes of all rows
 * at the chosen share of lambda_max.
 *
 * @param key data set, model and gate count
 * @param seed what gates are drawn by
 * @param index the chosen lambda's position in the grids
 * @param ratio its share of lambda_max, on average over the splits
 */
public record NetworkUnit(StudyKey key, long seed, int index, double ratio) implements StudyUnit {
  /**
   * What came of it.
   *
   * @param row the fit, as a row of a path
   * @param network the text of network.json
   * @param limitReached whether patterns had to be left out
   */
  public record Result(PathRow row, String network, boolean limitReached) {}

  @Override
  public String id() {
    return key + "-s" + seed + "-k" + index + "-network";
  }

  @Override
  public String dataSet() {
    return key.dataSet();
  }

  @Override
  public double seconds(StudyGrid grid, StudyData data) {
    return PathUnit.weight(ratio) * PathUnit.seconds(key, data);
  }

  @Override
  public String solve(StudyData data, StudyGrid grid) {
    Observations all = data.rows();
    LambdaFit fit = LambdaFit.of(all, all, key.settings(data, seed), grid, index);
    Program program = fit.program();
    PathPoint point = new PathPoint(index, fit.lambda(), fit.solution(), true);
    TrainedNetwork network =
        TrainedNetwork.of(ProgramExporter.of(program), new LowerBounds(program), point);
    return Json.pretty(
        new Result(
            PathRow.of(network, null, null),
            NetworkFile.write(network.network()),
            program.gathered().limitReached()));
  }
}
