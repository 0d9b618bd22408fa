package org.relupath.core.path.homotopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;

/**
 * Events against certified solves on a dense grid, against proofs on both sides, and themselves.
 */
class EventsTest {
  private static final double SMALLEST = 0.05;

  /** An instance and a model. */
  record Case(Instance instance, Model model) {
    List<PathPoint> path(int lambdas) {
      ConvexProgram program = instance.program(model);
      double[] grid = LambdaGrid.logarithmic(instance.lambdaMax(model), SMALLEST, lambdas);
      return new PathSolver(program.problem(), new Pricer(program), Settings.to(1e-12))
          .solve(grid, 0, point -> {});
    }

    List<Events.Interval> intervals(int lambdas) {
      return new Events(instance.program(model)).of(path(lambdas));
    }

    List<Event> events(int lambdas) {
      return intervals(lambdas).stream().flatMap(i -> i.events().stream()).toList();
    }

    @Override
    public String toString() {
      return instance + " " + model;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
            Instance.Shape.GAUSSIAN,
            Instance.Shape.CONSTANT_COLUMN,
            Instance.Shape.DUPLICATED_COLUMNS,
            Instance.Shape.REPEATED_ROWS,
            Instance.Shape.ZERO_ROWS,
            Instance.Shape.ONE_HOT,
            Instance.Shape.COLLINEAR_ROWS,
            Instance.Shape.ONE_ROW)
        .flatMap(
            shape ->
                Stream.of(Model.values())
                    .map(model -> new Case(Instance.of(shape, 3L + shape.ordinal()), model)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyChangeBetweenDenseSolvesIsAnEvent(Case c) {
    List<Event> events = c.events(12);
    List<PathPoint> dense = c.path(80);
    int compared = 0;
    for (int k = 1; k < dense.size(); k++) {
      double high = dense.get(k - 1).lambda();
      double low = dense.get(k).lambda();
      List<Event> between =
          events.stream().filter(e -> e.lambda() <= high && e.lambda() > low).toList();
      // A solver's dust cannot be told from a neuron that has just entered.
      boolean near = events.stream().anyMatch(e -> near(e, high) || near(e, low));
      if (!near || k == 1) {
        compare(c, dense.get(k - 1), dense.get(k), between);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  private static boolean near(Event event, double lambda) {
    return Math.abs(event.lambda() / lambda - 1) < 1e-3;
  }

  /** Compares counts of neurons and the rows at zero before and after with the events between. */
  private static void compare(Case c, PathPoint before, PathPoint after, List<Event> between) {
    List<double[]> old = neurons(c, before.solution().weights());
    List<double[]> now = neurons(c, after.solution().weights());
    long change = count(between, Event.Kind.BLOCK_ENTERS) - count(between, Event.Kind.BLOCK_LEAVES);
    assertThat((long) now.size() - old.size())
        .as("neurons between %s and %s: %s", before.lambda(), after.lambda(), between)
        .isEqualTo(change);
    boolean same =
        between.stream()
            .allMatch(
                e -> e.kind() == Event.Kind.ROW_TIGHTENS || e.kind() == Event.Kind.ROW_LOOSENS);
    if (same) {
      Map<Integer, Integer> rows = new TreeMap<>();
      now.forEach(
          w ->
              PolishedOptimum.zeroRows(c.instance, w).forEach(r -> rows.merge(r, 1, Integer::sum)));
      old.forEach(
          w ->
              PolishedOptimum.zeroRows(c.instance, w)
                  .forEach(r -> rows.merge(r, -1, Integer::sum)));
      between.forEach(
          e -> rows.merge(e.row(), e.kind() == Event.Kind.ROW_TIGHTENS ? -1 : 1, Integer::sum));
      assertThat(rows.values())
          .as("rows between %s and %s: %s", before.lambda(), after.lambda(), between)
          .allMatch(v -> v == 0 || c.model == Model.GATED);
    }
  }

  private static long count(List<Event> events, Event.Kind kind) {
    return events.stream().filter(e -> e.kind() == kind).count();
  }

  /** The weights of every neuron of a solution, one for all blocks of a sign on one ray. */
  private static List<double[]> neurons(Case c, BlockWeights weights) {
    List<double[]> neurons = new ArrayList<>();
    List<Integer> signs = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      double[] w = Dense.times(1 / weights.norm(i), weights.weights(i));
      int sign = weights.blocks().get(i).sign();
      boolean known = false;
      for (int j = 0; j < neurons.size() && c.model == Model.RELU; j++) {
        known |= signs.get(j) == sign && Dense.distance(neurons.get(j), w) < 1e-5;
      }
      if (!known && weights.norm(i) > 1e-5 * weights.normSum()) {
        neurons.add(w);
        signs.add(sign);
      }
    }
    return neurons;
  }

  /** Optima proved by the definitions, 1e-6 above and below, have different supports. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSupportsOnBothSidesOfAnEventDiffer(Case c) {
    List<Event> events = c.events(12);
    assertThat(events.get(0).kind()).isEqualTo(Event.Kind.BLOCK_ENTERS);
    assertThat(events.get(0).lambda() / c.instance.lambdaMax(c.model)).isCloseTo(1, within(1e-9));
    int stride = Math.max(1, events.size() / 4);
    for (int i = 0; i < events.size(); i += stride) {
      Event event = events.get(i);
      assertThat(support(c, (1 + 1e-6) * event.lambda()))
          .as("%s", event)
          .isNotEqualTo(support(c, (1 - 1e-6) * event.lambda()));
    }
  }

  /** The number of neurons, and all their rows at zero. */
  private static List<Integer> support(Case c, double lambda) {
    BlockWeights weights = PolishedOptimum.outcome(c.instance, c.model, lambda).weights();
    List<Integer> support = new ArrayList<>();
    for (int i = 0; c.model == Model.RELU && i < weights.size(); i++) {
      support.addAll(PolishedOptimum.zeroRows(c.instance, weights.weights(i)));
    }
    support.sort(null);
    support.add(0, weights.size());
    return support;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theGridDoesNotMatter(Case c) {
    List<Event> coarse = c.events(5);
    List<Event> fine = c.events(23);
    assertThat(fine).hasSameSizeAs(coarse);
    for (int i = 0; i < fine.size(); i++) {
      Event a = coarse.get(i);
      Event b = fine.get(i);
      assertThat(b.lambda()).isCloseTo(a.lambda(), within(1e-8 * a.lambda()));
      assertThat(new Event(0, b.kind(), b.block(), b.row()))
          .isEqualTo(new Event(0, a.kind(), a.block(), a.row()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void intervalsAreResolvedOrderedAndTheSameTwice(Case c) {
    List<Events.Interval> intervals = c.intervals(12);
    assertThat(intervals).isEqualTo(c.intervals(12));
    for (int i = 0; i < intervals.size(); i++) {
      Events.Interval interval = intervals.get(i);
      assertThat(interval.index()).isEqualTo(i + 1);
      assertThat(interval.status()).as(interval.reason()).isEqualTo(Events.Status.RESOLVED);
      double[] lambdas = interval.events().stream().mapToDouble(Event::lambda).toArray();
      for (int e = 0; e < lambdas.length; e++) {
        assertThat(lambdas[e]).isBetween(interval.to(), interval.from());
        assertThat(e == 0 ? interval.from() : lambdas[e - 1]).isGreaterThanOrEqualTo(lambdas[e]);
      }
    }
  }

  /** At an event there is no derivative, but there are two, and df jumps where a block enters. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void atAnEventThereAreOneSidedDerivativesOnly(Case c) {
    Event event =
        c.events(12).stream()
            .filter(e -> e.kind() == Event.Kind.BLOCK_ENTERS)
            .reduce((a, b) -> b)
            .orElseThrow();
    SensitivityAnalysis.Outcome outcome =
        PolishedOptimum.outcome(c.instance, c.model, event.lambda());
    assertThat(outcome.derivative()).isEmpty();
    assertThat(outcome.reason()).isNotEmpty();
    assertThat(outcome.conditions().orElseThrow().hold()).isFalse();
    double above = outcome.above().orElseThrow().degreesOfFreedom(false);
    double below = outcome.below().orElseThrow().degreesOfFreedom(false);
    assertThat(above).isCloseTo(beside(c, (1 + 1e-4) * event.lambda()), within(1e-2));
    assertThat(below).isCloseTo(beside(c, (1 - 1e-4) * event.lambda()), within(1e-2));
    assertThat(below - above).isGreaterThan(0.05);
  }

  private static double beside(Case c, double lambda) {
    return PolishedOptimum.outcome(c.instance, c.model, lambda)
        .derivative()
        .orElseThrow()
        .degreesOfFreedom(false);
  }

  @Test
  void allKindsOfEventsOccur() {
    assertThat(cases().flatMap(c -> c.events(8).stream()).map(Event::kind))
        .contains(Event.Kind.values());
  }

  @Test
  void labelsAreThoseOfTheFile() {
    assertThat(Arrays.stream(Event.Kind.values()).map(Event.Kind::label))
        .containsExactly("block-enters", "block-leaves", "row-tightens", "row-loosens");
  }

  @Test
  void workIsCappedAndSaidSo() {
    Case c = new Case(Instance.of(Instance.Shape.GAUSSIAN, 1), Model.RELU);
    List<Events.Interval> intervals = new Events(c.instance.program(c.model), 1).of(c.path(3));
    assertThat(intervals).anyMatch(i -> i.status() == Events.Status.UNRESOLVED);
    assertThat(intervals.get(0).reason()).contains("more than 1 changes");
  }

  @Test
  void refusesLambdasThatDoNotDecrease() {
    Case c = new Case(Instance.of(Instance.Shape.ONE_ROW, 1), Model.RELU);
    List<PathPoint> path = c.path(3);
    List<PathPoint> turned = List.of(path.get(0), path.get(2), path.get(1));
    assertThatThrownBy(() -> new Events(c.instance.program(c.model)).of(turned))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lambdas must decrease strictly");
  }
}
