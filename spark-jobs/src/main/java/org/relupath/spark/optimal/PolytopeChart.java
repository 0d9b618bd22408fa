package org.relupath.spark.optimal;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/**
 * The polytope of optimal networks in the norms of two neurons, and its image among the weights of
 * networks, where W = sqrt(||w||) w / ||w|| bends it (paper, figure 1).
 */
final class PolytopeChart {
  private static final int PIECES = 40;

  private static final List<Color> COLORS =
      List.of(Theme.BLUE, Theme.VERMILLION, Theme.GREEN, Theme.PURPLE, Theme.ORANGE, Theme.SKY);

  private final PolytopePicture picture;
  private final int first;
  private final int second;

  private PolytopeChart(PolytopePicture picture) {
    this.picture = picture;
    int[] pair = widest(picture);
    this.first = pair[0];
    this.second = pair[1];
  }

  /** The charts; of pictures of fewer than two neurons there are none. */
  static List<Figure> of(PolytopePicture picture) {
    List<Figure> figures = new ArrayList<>();
    if (picture.neurons().size() < 2 || picture.vertices().isEmpty()) {
      return figures;
    }
    PolytopeChart chart = new PolytopeChart(picture);
    figures.add(
        Figure.draw(
            "polytope",
            "The optimal networks, convex",
            "The norms ‖w‖ of the two neurons that vary most together: vertices are minimal networks,"
                + " dots are optimal networks drawn at random.",
            Figure.Size.HALF,
            () -> chart.drawNorms(x -> x, "‖w‖ of ")));
    figures.add(
        Figure.draw(
            "image",
            "The same as weights of networks",
            "‖W‖ = √‖w‖ of the same neurons: straight edges become curves.",
            Figure.Size.HALF,
            () -> chart.drawNorms(Math::sqrt, "‖W‖ of ")));
    if (picture.rays().get(0).length == 2) {
      figures.add(
          Figure.draw(
              "weights",
              "Input weights of optimal networks",
              "The two input weights W of every neuron of every network above: a neuron stays on its"
                  + " ray, and trades length with others.",
              Figure.Size.WIDE,
              chart::drawWeights));
    }
    return figures;
  }

  /** The two neurons whose norms span the largest area, or where none do, vary most. */
  private static int[] widest(PolytopePicture picture) {
    int k = picture.neurons().size();
    double[] mean = new double[k];
    picture.vertices().forEach(v -> add(mean, v, 1.0 / picture.vertices().size()));
    double[][] covariance = new double[k][k];
    for (double[] vertex : picture.vertices()) {
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          covariance[i][j] += (vertex[i] - mean[i]) * (vertex[j] - mean[j]);
        }
      }
    }
    int[] best = {0, 1};
    double largest = -1;
    double total = 0;
    for (int i = 0; i < k; i++) {
      total += covariance[i][i];
    }
    for (int i = 0; i < k; i++) {
      for (int j = i + 1; j < k; j++) {
        double spread = covariance[i][i] * covariance[j][j];
        double area = spread - covariance[i][j] * covariance[i][j];
        double score = area > 1e-9 * total * total ? total * total + area : spread;
        if (score > largest) {
          best = new int[] {i, j};
          largest = score;
        }
      }
    }
    return best;
  }

  private static void add(double[] sum, double[] x, double scale) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * x[i];
    }
  }

  private JFreeChart drawNorms(DoubleUnaryOperator image, String name) {
    Span across = new Span().with(0);
    Span up = new Span().with(0);
    for (double[] vertex : picture.vertices()) {
      across.with(image.applyAsDouble(vertex[first]));
      up.with(image.applyAsDouble(vertex[second]));
    }
    ScaledAxis axis = new ScaledAxis(Scale.LINEAR, across.range(0.04, 0.06));
    axis.setLabel(name + picture.neurons().get(first));
    Curves curves = new Curves(axis, new ScaledAxis(Scale.LINEAR, up.range(0.04, 0.06)));
    dots(curves, "vertices", picture.vertices(), image, Theme.VERMILLION, Dots.DIAMOND);
    List<double[]> edge = outline();
    curves.line(
        "boundary",
        edge.stream().mapToDouble(p -> image.applyAsDouble(p[0])).toArray(),
        edge.stream().mapToDouble(p -> image.applyAsDouble(p[1])).toArray(),
        Theme.INK,
        Theme.THIN);
    dots(curves, "members", picture.members(), image, Theme.fade(Theme.BLUE, 0.5), Dots.DISC);
    return curves.chart(name + picture.neurons().get(second), true);
  }

  private void dots(
      Curves curves,
      String name,
      List<double[]> networks,
      DoubleUnaryOperator image,
      Color color,
      Dots dots) {
    if (!networks.isEmpty()) {
      curves.dots(
          name,
          networks.stream().mapToDouble(beta -> image.applyAsDouble(beta[first])).toArray(),
          networks.stream().mapToDouble(beta -> image.applyAsDouble(beta[second])).toArray(),
          color,
          dots,
          true);
    }
  }

  /** The boundary of the projected polytope, in small pieces that an image can bend. */
  private List<double[]> outline() {
    List<double[]> hull = hull();
    List<double[]> outline = new ArrayList<>();
    for (int i = 0; i < hull.size(); i++) {
      double[] from = hull.get(i);
      double[] to = hull.get((i + 1) % hull.size());
      for (int piece = 0; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        outline.add(new double[] {(1 - t) * from[0] + t * to[0], (1 - t) * from[1] + t * to[1]});
      }
    }
    return outline;
  }

  /** The convex hull of the projected vertices, counter-clockwise (Andrew's monotone chain). */
  private List<double[]> hull() {
    List<double[]> points =
        picture.vertices().stream()
            .map(vertex -> new double[] {vertex[first], vertex[second]})
            .sorted(Comparator.comparingDouble((double[] p) -> p[0]).thenComparingDouble(p -> p[1]))
            .toList();
    List<double[]> hull = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      int start = hull.size();
      for (int i = 0; i < points.size(); i++) {
        double[] point = points.get(pass == 0 ? i : points.size() - 1 - i);
        while (hull.size() >= start + 2
            && turn(hull.get(hull.size() - 2), hull.get(hull.size() - 1), point) <= 0) {
          hull.remove(hull.size() - 1);
        }
        hull.add(point);
      }
      hull.remove(hull.size() - 1);
    }
    return hull.isEmpty() ? List.of(points.get(0)) : hull;
  }

  private static double turn(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }

  private JFreeChart drawWeights() {
    Span across = new Span().with(0);
    Span up = new Span().with(0);
    List<double[]> networks =
        Stream.concat(picture.vertices().stream(), picture.members().stream()).toList();
    for (double[] beta : networks) {
      for (int j = 0; j < beta.length; j++) {
        across.with(weight(beta, j, 0));
        up.with(weight(beta, j, 1));
      }
    }
    ScaledAxis axis = new ScaledAxis(Scale.LINEAR, across.range(0.04, 0.04));
    axis.setLabel("W, first input weight");
    Curves curves = new Curves(axis, new ScaledAxis(Scale.LINEAR, up.range(0.05, 0.05)));
    for (int j = 0; j < picture.neurons().size(); j++) {
      int neuron = j;
      List<double[]> having = networks.stream().filter(beta -> beta[neuron] > 0).toList();
      if (!having.isEmpty()) {
        curves.dots(
            picture.neurons().get(j),
            having.stream().mapToDouble(beta -> weight(beta, neuron, 0)).toArray(),
            having.stream().mapToDouble(beta -> weight(beta, neuron, 1)).toArray(),
            Theme.fade(COLORS.get(j % COLORS.size()), 0.6),
            picture.signs()[j] > 0 ? Dots.DISC : Dots.SQUARE,
            picture.signs()[j] > 0);
      }
    }
    return curves.chart("W, second input weight (discs add to the output, squares subtract)", true);
  }

  private double weight(double[] beta, int j, int entry) {
    return Math.sqrt(beta[j]) * picture.rays().get(j)[entry];
  }
}
