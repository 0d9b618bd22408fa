package org.relupath.core.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;

/** The part {@code calibration} of {@code network.json}. */
final class CalibrationJson {
  private CalibrationJson() {}

  /** Adds it to a network; nothing where it is null. */
  static void write(ObjectNode root, Calibration calibration) {
    if (calibration != null) {
      ObjectNode node = root.putObject("calibration");
      if (calibration.scaling() != null) {
        node.put("slope", calibration.scaling().slope());
        node.put("intercept", calibration.scaling().intercept());
      }
      node.put("threshold", calibration.threshold());
    }
  }

  /** Reads it; null where there is none. */
  static Calibration read(JsonNode node, double[] labels) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException("network: calibration without labels, expected labels");
    }
    PlattScaling scaling = null;
    if (node.has("slope") || node.has("intercept")) {
      double slope = NetworkNodes.number(node, "slope");
      if (slope > 0) {
        throw new IllegalArgumentException(
            "network: calibration slope is " + slope + ", expected at most 0");
      }
      scaling = new PlattScaling(slope, NetworkNodes.number(node, "intercept"));
    }
    return new Calibration(scaling, NetworkNodes.number(node, "threshold"));
  }
}
