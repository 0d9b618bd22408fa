package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.optimalset.Uniqueness.State;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * The page of optimal sets: which networks are optimal at one lambda or along a path, and how they
 * differ.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order
 * @param model which convex program
 * @param features names of the columns of X; plain text
 * @param parts a lambda each, largest first; at least one
 * @param main which of them the page begins with
 */
public record OptimalSetPage(
    String title,
    List<KeyFigure> figures,
    Model model,
    List<String> features,
    List<OptimalSetPart> parts,
    int main) {
  /** Blocks of a spectrum. */
  private static final int MOST = 300;

  /** Blocks of each spectrum where there are several. */
  private static final int MOST_OF_MANY = 100;

  private static final List<String> PATH =
      List.of(
          "λ",
          "optimal networks",
          "dimension",
          "of functions",
          "neurons, solver",
          "neurons, smallest",
          "smallest",
          "largest disagreement");

  /** The program that an optimal network is of, and how well it was solved. */
  public static List<KeyFigure> figures(ConvexProgram program, PolishedSolution solution) {
    return List.of(
        KeyFigure.of("rows", program.problem().n()),
        KeyFigure.of("columns of X", program.problem().d()),
        KeyFigure.of("distinct patterns", program.patterns().count()),
        KeyFigure.of("lambda index", solution.lambdaIndex()),
        new KeyFigure("relative gap", Numbers.text(solution.relativeGap(), 3)));
  }

  /** The page, whole: one html file. */
  public String html() {
    Page page = new Page(Page.kind("All optimal ", "s", model), title);
    if (parts.size() == 1) {
      parts.get(0).on(page, features, MOST, "");
      return page.table("Run", figures).html();
    }
    List<OptimalSetResult> results = parts.stream().map(OptimalSetPart::found).toList();
    long open = count(State.UNCERTAIN);
    return page.verdict(
            "All optimal networks at " + parts.size() + " λ.",
            (count(State.UNIQUE) == parts.size()
                    ? "At each of them one network is optimal"
                    : "At "
                        + count(State.UNIQUE)
                        + " of them one network is optimal, at "
                        + count(State.NOT_UNIQUE)
                        + " many are")
                + (open == 0 ? "" : ", and at " + open + " that cannot be told")
                + ". The slider moves through all; the files of each are in lambdas/K/.",
            open == 0)
        .slider(results.stream().map(OptimalSetPage::step).toList(), main)
        .charts("Along the path", OptimalSetCharts.path(results))
        .parts(parts.size(), main, k -> parts.get(k).on(page, features, MOST_OF_MANY, "-" + k))
        .rows(
            "All " + parts.size() + " λ as a table",
            PATH,
            results.stream().map(OptimalSetPage::cells).toList(),
            main)
        .table("Run", figures)
        .html();
  }

  private long count(State unique) {
    return parts.stream().filter(part -> part.found().figures().unique() == unique).count();
  }

  private static Page.Step step(OptimalSetResult found) {
    List<KeyFigure> figures = new ArrayList<>();
    figures.add(KeyFigure.of("λ", found.polished().lambda()));
    figures.add(new KeyFigure("optimal networks", many(found)));
    figures.add(KeyFigure.count("dimension", found.figures().mergedDimension()));
    figures.add(KeyFigure.of("neurons", found.polished().activeBlocks()));
    figures.add(KeyFigure.of("of the smallest", found.smallestWidth()));
    if (disagreement(found) != null) {
      figures.add(KeyFigure.of("largest disagreement", disagreement(found)));
    }
    return new Page.Step(found.polished().lambda(), figures);
  }

  private static String many(OptimalSetResult found) {
    return switch (found.figures().unique()) {
      case UNIQUE -> "one";
      case NOT_UNIQUE -> "many";
      case UNCERTAIN -> "uncertain";
    };
  }

  private static Double disagreement(OptimalSetResult found) {
    return found.testDisagreement() == null ? found.validDisagreement() : found.testDisagreement();
  }

  private static List<String> cells(OptimalSetResult found) {
    return List.of(
        Numbers.text(found.polished().lambda()),
        many(found),
        KeyFigure.count("", found.figures().mergedDimension()).value(),
        KeyFigure.count("", found.figures().functionDimension()).value(),
        Integer.toString(found.polished().activeBlocks()),
        Integer.toString(found.smallestWidth()),
        found.least().provenSmallest() ? "proven" : "",
        Numbers.text(disagreement(found)));
  }
}
