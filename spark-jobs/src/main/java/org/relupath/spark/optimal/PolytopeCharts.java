package org.relupath.spark.optimal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.Numbers;

/**
 * The polytope of optimal networks in the norms of two or three neurons, and its image among the
 * weights of networks, where W = sqrt(||w||) w / ||w|| bends it (paper, figure 1).
 *
 * @param picture of it
 * @param suffix of the charts' ids
 */
record PolytopeCharts(PolytopePicture picture, String suffix) {
  /** Pieces of an edge, which an image can bend. */
  private static final int PIECES = 40;

  private static final MathContext DIGITS = new MathContext(6);

  /** The charts; of pictures of fewer than two neurons there are none. */
  List<Chart> all() {
    if (picture.neurons().size() < 2 || picture.vertices().isEmpty()) {
      return List.of();
    }
    PolytopeShape shape = PolytopeShape.of(picture);
    String varying =
        shape.axes().length == 2
            ? "The norms ‖w‖ of the two neurons that vary most: "
            : "The norms ‖w‖ of three neurons, which tell all others of a network; turn it by dragging or"
                + " by the sliders. Edges behind are dashed: ";
    List<Chart> charts = new ArrayList<>();
    charts.add(
        chart(
            shape,
            false,
            "polytope",
            "The optimal networks, convex",
            varying
                + "vertices are minimal networks, dots are optimal networks drawn at random. All have the"
                + " same objective."));
    charts.add(
        chart(
            shape,
            true,
            "image",
            "The same as weights of networks",
            "‖W‖ = √‖w‖ of the same neurons: straight edges become curves."));
    if (picture.rays().get(0).length == 2) {
      charts.add(weights());
    }
    return charts;
  }

  private Chart chart(
      PolytopeShape shape, boolean bent, String id, String heading, String caption) {
    String name = bent ? "‖W‖ of " : "‖w‖ of ";
    List<String> names =
        IntStream.of(shape.axes()).mapToObj(axis -> name + picture.neurons().get(axis)).toList();
    boolean flat = names.size() == 2;
    Chart chart =
        new Chart(
            id + suffix,
            heading,
            caption,
            Chart.Size.HALF,
            Axis.linear(flat ? names.get(0) : ""),
            Axis.linear(flat ? names.get(1) : ""));
    return flat ? plane(chart, shape, bent) : chart.scene(scene(shape, names, bent));
  }

  private Chart plane(Chart chart, PolytopeShape shape, boolean bent) {
    DoubleUnaryOperator image = bent ? Math::sqrt : x -> x;
    int first = shape.axes()[0];
    int second = shape.axes()[1];
    List<double[]> edges = new ArrayList<>();
    for (int[] edge : shape.edges()) {
      for (int piece = 0; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        double[] from = picture.vertices().get(edge[0]);
        double[] to = picture.vertices().get(edge[1]);
        edges.add(
            new double[] {
              (1 - t) * from[first] + t * to[first], (1 - t) * from[second] + t * to[second]
            });
      }
      edges.add(new double[] {Double.NaN, Double.NaN});
    }
    List<double[]> members = picture.members();
    List<double[]> vertices = picture.vertices();
    return chart
        .dots(
            "members",
            on(members, first, image),
            on(members, second, image),
            Ink.BLUE,
            Chart.Symbol.DISC)
        .line("edges", on(edges, 0, image), on(edges, 1, image), Ink.TEXT, Chart.Stroke.THIN)
        .dots(
            "vertices",
            on(vertices, first, image),
            on(vertices, second, image),
            Ink.VERMILLION,
            Chart.Symbol.DIAMOND);
  }

  private static double[] on(List<double[]> points, int entry, DoubleUnaryOperator image) {
    return points.stream().mapToDouble(point -> image.applyAsDouble(point[entry])).toArray();
  }

  /** What polytope.js draws: norms on three axes, and what to call the vertices. */
  private ObjectNode scene(PolytopeShape shape, List<String> names, boolean bent) {
    ObjectNode scene = JsonNodeFactory.instance.objectNode().put("bent", bent);
    names.forEach(scene.putArray("axes")::add);
    points(scene.putArray("vertices"), picture.vertices(), shape.axes());
    points(scene.putArray("members"), picture.members(), shape.axes());
    numbers(scene.putArray("edges"), shape.edges());
    numbers(scene.putArray("faces"), shape.faces());
    ArrayNode called = scene.putArray("names");
    for (double[] vertex : picture.vertices()) {
      called.add(
          String.join(
              ", ",
              IntStream.range(0, vertex.length)
                  .filter(j -> vertex[j] > 0)
                  .mapToObj(j -> picture.neurons().get(j) + ": " + Numbers.text(vertex[j]))
                  .toList()));
    }
    return scene;
  }

  private static void points(ArrayNode into, List<double[]> points, int[] axes) {
    for (double[] point : points) {
      ArrayNode one = into.addArray();
      IntStream.of(axes)
          .forEach(axis -> one.add(BigDecimal.valueOf(point[axis]).round(DIGITS).doubleValue()));
    }
  }

  private static void numbers(ArrayNode into, List<int[]> lists) {
    lists.forEach(list -> IntStream.of(list).forEach(into.addArray()::add));
  }

  /** The two input weights of every neuron of every network. */
  private Chart weights() {
    Chart chart =
        new Chart(
            "weights" + suffix,
            "Input weights of optimal networks",
            "The two input weights W of every neuron of every network above: a neuron stays on its ray,"
                + " and trades length with others. Discs add to the output, squares subtract.",
            Chart.Size.WIDE,
            Axis.linear("W, first input weight"),
            Axis.linear("W, second input weight"));
    List<double[]> networks =
        Stream.concat(picture.vertices().stream(), picture.members().stream()).toList();
    for (int j = 0; j < picture.neurons().size(); j++) {
      int neuron = j;
      double[] roots =
          networks.stream()
              .mapToDouble(beta -> beta[neuron])
              .filter(b -> b > 0)
              .map(Math::sqrt)
              .toArray();
      double[] ray = picture.rays().get(j);
      if (roots.length > 0) {
        chart.dots(
            picture.neurons().get(j),
            Arrays.stream(roots).map(root -> root * ray[0]).toArray(),
            Arrays.stream(roots).map(root -> root * ray[1]).toArray(),
            Ink.of(j),
            picture.signs()[j] > 0 ? Chart.Symbol.DISC : Chart.Symbol.SQUARE);
      }
    }
    return chart;
  }
}
