package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relupath.core.data.Label;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.run.Versions;
import org.relupath.spark.study.page.Band;
import org.relupath.spark.study.page.OptimalSection;
import org.relupath.spark.study.page.StudyCurve;
import org.relupath.spark.study.page.StudyPage;
import org.relupath.spark.study.unit.StudySplits;

/** report.html of a study. */
public final class StudyReports {
  private StudyReports() {}

  /**
   * The page, named after the data sets.
   *
   * @param sections on optimal networks
   */
  public static String page(StudyFiles files, List<OptimalSection> sections) {
    return new StudyPage(
            String.join(
                ", ", files.settings().dataSets().stream().map(StudyDataSet::name).toList()),
            figures(files.settings()),
            files.paths().stream().mapToInt(study -> study.paths().size()).sum(),
            files.rows(),
            files.missed(),
            files.worstGap(),
            files.settings().grid().limits().tolerance(),
            curves(files),
            sections)
        .html();
  }

  private static List<StudyCurve> curves(StudyFiles files) {
    List<StudyCurve> curves = new ArrayList<>();
    for (StudyPaths study : files.paths()) {
      int best = StudyChoice.Rule.BEST.index(study);
      curves.add(
          new StudyCurve(
              study.key().dataSet(),
              study.key().networks(files.settings().gateSource()),
              IntStream.range(0, study.lambdas()).mapToDouble(study::ratio).toArray(),
              band(study, StudyMeasure.VALID_MSE),
              band(study, StudyMeasure.TRAIN_MSE),
              band(study, StudyMeasure.VALID_ACCURACY),
              band(study, StudyMeasure.NEURONS),
              best,
              StudyChoice.Rule.ONE_STANDARD_ERROR.index(study),
              study.choosing() ? study.standardError(StudyMeasure.VALID_MSE, best) : Double.NaN,
              files.networks().stream().anyMatch(unit -> unit.key().equals(study.key()))));
    }
    return curves;
  }

  /** A figure over repetitions; null where it was not computed. */
  private static Band band(StudyPaths study, StudyMeasure measure) {
    int lambdas = study.lambdas();
    if (study.values(measure, 0).length == 0) {
      return null;
    }
    double[][] rows = new double[3][lambdas];
    for (int k = 0; k < lambdas; k++) {
      double[] values = study.values(measure, k);
      rows[0][k] = Aggregate.mean(values);
      Arrays.sort(values);
      rows[1][k] = Aggregate.quantile(values, 0.25);
      rows[2][k] = Aggregate.quantile(values, 0.75);
    }
    return new Band(rows[0], rows[1], rows[2]);
  }

  private static List<KeyFigure> figures(StudySettings settings) {
    List<KeyFigure> figures = new ArrayList<>();
    StudySplits splits = settings.grid().splits();
    figures.add(KeyFigure.of(splits.shares() == null ? "folds" : "splits", (long) splits.count()));
    figures.add(
        new KeyFigure("gate seeds", settings.seeds().toString().replaceAll("[\\[\\]]", "")));
    if (settings.grid().lambda() == null) {
      figures.add(KeyFigure.of("λ on each path", (long) settings.grid().lambdas()));
      figures.add(KeyFigure.of("smallest λ / λ_max", settings.grid().minRatio()));
    } else {
      figures.add(KeyFigure.of("λ", settings.grid().lambda()));
    }
    figures.add(KeyFigure.of("tolerance", settings.grid().limits().tolerance()));
    figures.add(new KeyFigure("networks chosen by", Label.of(settings.rule())));
    for (Map.Entry<String, String> version : Versions.all().entrySet()) {
      figures.add(new KeyFigure(version.getKey(), version.getValue()));
    }
    return figures;
  }
}
