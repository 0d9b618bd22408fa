package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.spark.SharedSpark;

/**
 * The objective of a network of K outputs, and lower bounds of it, from its network.json, the rows
 * and the gates of the program alone: nothing here asks the application for a number but for those
 * that it claims.
 */
class OutputCertificatesTest extends OutputsCase {
  private static final double ROUNDING = 1e-9;

  private double[][] raw;
  private List<String> labels;
  private double[] mean;
  private double[] scale;

  private void read(String file) throws IOException {
    List<String[]> lines = csv(file);
    raw = new double[lines.size() - 1][2];
    labels = new ArrayList<>();
    for (int r = 0; r < raw.length; r++) {
      for (int i = 0; i < 2; i++) {
        raw[r][i] = Double.parseDouble(lines.get(r + 1)[i]);
      }
      labels.add(lines.get(r + 1)[2]);
    }
    mean = new double[2];
    scale = new double[2];
    for (int i = 0; i < 2; i++) {
      for (double[] row : raw) {
        mean[i] += row[i] / raw.length;
      }
      for (double[] row : raw) {
        scale[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / raw.length;
      }
      scale[i] = Math.sqrt(scale[i]);
    }
  }

  /** A row in the columns of the solver: of mean 0 and variance 1, and a one. */
  private double[] solver(double[] row) {
    return new double[] {(row[0] - mean[0]) / scale[0], (row[1] - mean[1]) / scale[1], 1};
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }

  /** The residuals of an output. */
  private double[] residuals(JsonNode network, int k, String label) {
    boolean gated = network.has("gates");
    double[] u = new double[raw.length];
    for (int r = 0; r < u.length; r++) {
      u[r] = (labels.get(r).equals(label) ? 1 : -1) - network.at("/outputBias/" + k).doubleValue();
      for (int j = 0; j < network.get("hidden").size(); j++) {
        double z = affine(network, "hidden", "bias", j, raw[r]);
        double g = gated ? affine(network, "gates", "gateBias", j, raw[r]) : z;
        u[r] -= g >= 0 ? z * network.at("/output/" + j + "/" + k).doubleValue() : 0;
      }
    }
    return u;
  }

  private static double affine(JsonNode network, String weights, String bias, int j, double[] row) {
    return dot(numbers(network.get(weights).get(j)), row) + network.get(bias).get(j).doubleValue();
  }

  /** Half the squared weights of an output's neurons, in the columns of the solver. */
  private double penalty(JsonNode network, int k) {
    double sum = 0;
    for (int j = 0; j < network.get("hidden").size(); j++) {
      double[] output = numbers(network.get("output").get(j));
      double a = output[k];
      for (int other = 0; other < output.length && a != 0; other++) {
        assertThat(other == k || output[other] == 0).as("a neuron is of one output").isTrue();
      }
      if (a != 0) {
        double[] w = numbers(network.get("hidden").get(j));
        double one = network.get("bias").get(j).doubleValue() + dot(w, mean);
        double norm = one * one + Math.pow(w[0] * scale[0], 2) + Math.pow(w[1] * scale[1], 2);
        sum += (norm + a * a) / 2;
      }
    }
    return sum;
  }

  /** The largest norm that the residuals have over the blocks of all patterns. */
  private double largest(String blocks, double[] u, boolean relu) {
    double largest = 0;
    for (Row row : SharedSpark.session().read().parquet(at(blocks)).collectAsList()) {
      List<Double> gate = row.getList(row.fieldIndex("gate"));
      int sign = row.getInt(row.fieldIndex("sign"));
      double[] correlation = new double[3];
      double[][] cone = new double[raw.length][];
      for (int r = 0; r < raw.length; r++) {
        double[] x = solver(raw[r]);
        boolean on = gate.get(0) * x[0] + gate.get(1) * x[1] + gate.get(2) * x[2] >= 0;
        cone[r] = new double[3];
        for (int i = 0; i < 3; i++) {
          correlation[i] += on ? sign * u[r] * x[i] : 0;
          cone[r][i] = on ? x[i] : -x[i];
        }
      }
      double norm = relu ? projected(correlation, cone) : Math.sqrt(dot(correlation, correlation));
      largest = Math.max(largest, norm);
    }
    return largest;
  }

  /**
   * The norm of the projection of c on {w : a_r'w >= 0} by its active sets. In three dimensions the
   * projection is c, or that of c on a plane or on the line of two of them: of those that lie in
   * the cone the longest one.
   */
  private static double projected(double[] c, double[][] cone) {
    double slack = 1e-11 * Math.sqrt(dot(c, c));
    double longest = inside(c, cone, slack) ? dot(c, c) : 0;
    for (int r = 0; r < cone.length; r++) {
      double[] a = cone[r];
      double t = dot(a, c) / dot(a, a);
      double[] plane = {c[0] - t * a[0], c[1] - t * a[1], c[2] - t * a[2]};
      longest = Math.max(longest, inside(plane, cone, slack) ? dot(plane, plane) : 0);
      for (int s = r + 1; s < cone.length; s++) {
        double[] b = cone[s];
        double[] line = {
          a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
        double along = dot(line, c) / dot(line, line);
        double[] ray = {along * line[0], along * line[1], along * line[2]};
        longest = Math.max(longest, inside(ray, cone, slack) ? dot(ray, ray) : 0);
      }
    }
    return Math.sqrt(longest);
  }

  private static boolean inside(double[] w, double[][] cone, double slack) {
    for (double[] a : cone) {
      if (dot(a, w) < -slack * Math.sqrt(dot(a, a))) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "fit,relu,gaussian,sum",
    "fit,gated,gaussian,mean",
    "path,relu,adaptive,mean",
    "path,gated,adaptive,sum"
  })
  void objectivesAndBounds(String command, String model, String source, String scaling)
      throws IOException {
    classes("rows.csv", 40, 8, "ox", "cow", "hen");
    read("rows.csv");
    boolean path = command.equals("path");
    String[] lambdas =
        path ? new String[] {"--lambdas", "4"} : new String[] {"--lambda-ratio", "0.05"};
    String[] options = {"--model", model, "--gate-source", source, "--loss-scaling", scaling};
    String[] rows = {"--input", at("rows.csv"), "--gates", "25", "--tolerance", "1e-9"};
    done(command, "run", with(with(rows, options), lambdas));

    JsonNode summary = json("run/summary.json");
    String best = path ? "/best/" : "/";
    JsonNode network = json("run" + best + "network.json");
    double share = scaling.equals("mean") ? 1.0 / raw.length : 1;
    double objectives = 0;
    double bounds = 0;
    assertThat(summary.get("outputs")).hasSize(3);
    for (int k = 0; k < 3; k++) {
      JsonNode claimed = summary.get("outputs").get(k);
      assertThat(network.get("classes").get(k)).isEqualTo(claimed.get("name"));
      double[] u = residuals(network, k, claimed.get("name").textValue());
      double lambda = claimed.get("lambda").doubleValue() / share;
      double objective = share * (dot(u, u) / 2 + lambda * penalty(network, k));
      assertThat(objective)
          .isCloseTo(claimed.get("objective").doubleValue(), within(ROUNDING * objective));
      String blocks = "run/" + claimed.get("folder").textValue() + best + "blocks.parquet";
      double norm = largest(blocks, u, model.equals("relu"));
      double yu = 0;
      for (int r = 0; r < u.length; r++) {
        yu += labels.get(r).equals(claimed.get("name").textValue()) ? u[r] : -u[r];
      }
      double t = Math.max(0, Math.min(yu / dot(u, u), lambda / norm));
      double bound = share * (t * yu - t * t * dot(u, u) / 2);
      double gap = claimed.get("relativeGap").doubleValue();
      assertThat(gap).isBetween(0.0, 1e-9);
      assertThat((objective - bound) / objective).as(claimed.toString()).isBetween(-1e-9, 2e-9);
      objectives += objective;
      bounds += bound;
    }
    assertThat(summary.get("neurons").intValue()).isEqualTo(network.get("hidden").size());
    assertThat(summary.get("neurons").intValue()).isGreaterThan(3);
    assertThat(objectives)
        .isCloseTo(summary.get("objective").doubleValue(), within(ROUNDING * objectives));
    assertThat((objectives - bounds) / objectives).isLessThan(2e-9);
    assertThat(summary.get("dualObjective").doubleValue())
        .isLessThanOrEqualTo(summary.get("objective").doubleValue());
    assertThat(summary.get("status").textValue()).isEqualTo("optimal");
  }
}
