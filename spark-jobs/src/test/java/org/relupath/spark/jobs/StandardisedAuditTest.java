package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * A network trained here by gradient descent as frameworks do, on standardised columns with weight
 * decay: the audit finds it critical in those columns at the lambda of the guide, and nowhere else.
 */
class StandardisedAuditTest {
  private static final int N = 24;
  private static final int D = 2;
  private static final int K = 3;
  private static final double DECAY = 0.02;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  /** Weights of neurons, their biases, their outputs and the output's bias, one after another. */
  private static double[] gradient(double[] p, double[][] z, double[] y) {
    double[] gradient = new double[p.length];
    int biases = K * D;
    int outputs = biases + K;
    for (int r = 0; r < N; r++) {
      double score = p[outputs + K];
      double[] pre = new double[K];
      for (int j = 0; j < K; j++) {
        pre[j] = p[biases + j];
        for (int k = 0; k < D; k++) {
          pre[j] += p[j * D + k] * z[r][k];
        }
        score += Math.max(0, pre[j]) * p[outputs + j];
      }
      double slope = 2 * (score - y[r]) / N;
      gradient[outputs + K] += slope;
      for (int j = 0; j < K; j++) {
        gradient[outputs + j] += slope * Math.max(0, pre[j]);
        double through = pre[j] > 0 ? slope * p[outputs + j] : 0;
        gradient[biases + j] += through;
        for (int k = 0; k < D; k++) {
          gradient[j * D + k] += through * z[r][k];
        }
      }
    }
    // As weight_decay has it; the output's bias is free.
    for (int i = 0; i < outputs + K; i++) {
      gradient[i] += DECAY * p[i];
    }
    return gradient;
  }

  /**
   * The first start that ends where no row is on a kink: descent with a fixed step rattles there.
   */
  private static double[] trained(double[][] z, double[] y) {
    for (int seed = 1; seed <= 100; seed++) {
      double[] p = new SplittableRandom(seed).doubles(K * D + 2 * K + 1, -1, 1).toArray();
      double largest = 1;
      for (int step = 0; step < 200_000 && largest > 1e-13; step++) {
        double[] gradient = gradient(p, z, y);
        largest = 0;
        for (int i = 0; i < p.length; i++) {
          p[i] -= 0.05 * gradient[i];
          largest = Math.max(largest, Math.abs(gradient[i]));
        }
      }
      if (largest < 1e-12) {
        return p;
      }
    }
    throw new AssertionError("no start of 100 converges");
  }

  private JsonNode audit(String output, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("audit", "--output", folder + "/" + output));
    args.addAll(List.of("--network", folder + "/net.json", "--input", folder + "/rows.csv"));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(folder.resolve(output + "/audit.json").toFile());
  }

  @Test
  void isCriticalInTheColumnsThatItWasTrainedOn() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    double[][] x = new double[N][D];
    double[] y = new double[N];
    double[] mean = new double[D];
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < N; r++) {
      x[r] = new double[] {10 + 3 * random.nextDouble(), 0.2 * random.nextDouble()};
      y[r] = Math.abs(x[r][0] - 11.3) + 9 * x[r][1] + 0.1 * random.nextDouble();
      text.append("%s,%s,%s\n".formatted(x[r][0], x[r][1], y[r]));
      mean[0] += x[r][0] / N;
      mean[1] += x[r][1] / N;
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    double[] scale = new double[D];
    for (int k = 0; k < D; k++) {
      for (double[] row : x) {
        scale[k] += (row[k] - mean[k]) * (row[k] - mean[k]) / N;
      }
      scale[k] = Math.sqrt(scale[k]);
    }
    double[][] z = new double[N][D];
    for (int r = 0; r < N; r++) {
      for (int k = 0; k < D; k++) {
        z[r][k] = (x[r][k] - mean[k]) / scale[k];
      }
    }
    double[] p = trained(z, y);
    List<double[]> hidden = new ArrayList<>();
    for (int j = 0; j < K; j++) {
      hidden.add(Arrays.copyOfRange(p, j * D, (j + 1) * D));
    }
    ObjectMapper json = new ObjectMapper();
    Files.writeString(
        folder.resolve("net.json"),
        """
        {"format": "relupath-network", "version": 1, "activation": "relu", "inputs": ["a", "b"],
         "hidden": %s, "bias": %s, "output": %s, "outputBias": %s}
        """
            .formatted(
                json.writeValueAsString(hidden),
                json.writeValueAsString(Arrays.copyOfRange(p, K * D, K * D + K)),
                json.writeValueAsString(Arrays.copyOfRange(p, K * D + K, K * D + 2 * K)),
                p[K * D + 2 * K]));
    String lambda = Double.toString(DECAY * N / 2);
    JsonNode own = audit("own", "--lambda", lambda, "--standardize", "true");
    assertThat(own.get("critical").isBoolean()).isTrue();
    assertThat(own.get("critical").asBoolean()).isTrue();
    assertThat(own.get("stationarityResidual").asDouble()).isLessThan(1e-9);
    JsonNode other = audit("other", "--lambda", lambda);
    assertThat(other.get("critical").asBoolean()).isFalse();
    JsonNode twice =
        audit("twice", "--lambda", Double.toString(DECAY * N), "--standardize", "true");
    assertThat(twice.get("critical").asBoolean()).isFalse();
  }
}
