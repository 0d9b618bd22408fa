package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Files that somebody else wrote. */
class NetworkFileTest {
  private static final String WHOLE =
      """
      {"format": "relupath-network", "version": 1, "activation": "gated", "inputs": ["a", "b"],
       "hidden": [[1, 2]], "bias": [0.5], "output": [3], "outputBias": 0, "labels": [0, 1],
       "gates": [[1, -1]], "gateBias": [0.25],
       "preprocessing": {"mean": [0, 0], "scale": [1, 2], "intercept": true, "center": 0.1}}
      """;

  @Test
  void aWholeFileIsRead() {
    Network network = NetworkFile.read("\uFEFF" + WHOLE);
    assertThat(network.inputs()).containsExactly("a", "b");
    assertThat(network.gateBias()).containsExactly(0.25);
    assertThat(NetworkFile.write(NetworkFile.read(NetworkFile.write(network))))
        .isEqualTo(NetworkFile.write(network));
  }

  /** What is changed, into what, and what the message says. */
  @Test
  void aMalformedPartIsNamed() {
    String[][] cases = {
      {"\"version\": 1", "\"version\": \"1\"", "version is \"1\", expected 1 to 2"},
      {"\"version\": 1", "\"version\": 3", "version is 3"},
      {"\"version\": 1, ", "", "version is nothing"},
      {"\"version\": 1", "\"version\": 1, \"version\": 1", "not JSON: Duplicate field 'version'"},
      {"relupath-network", "other", "format is 'other'"},
      {"\"gated\"", "\"Gated\"", "activation is 'Gated', expected relu or gated"},
      {"[\"a\", \"b\"]", "[\"a\", \"a\"]", "inputs holds \"a\", expected distinct names"},
      {"[\"a\", \"b\"]", "[\"a\", 1]", "inputs holds 1, expected distinct names"},
      {"[\"a\", \"b\"]", "[]", "inputs is empty"},
      {"[\"a\", \"b\"]", "\"ab\"", "inputs is missing or not a list"},
      {"[[1, 2]]", "[[1, 1e400]]", "hidden holds "},
      {"[[1, 2]]", "[[1, \"NaN\"]]", "hidden holds \"NaN\", expected finite numbers"},
      {"[[1, 2]]", "[[1, NaN]]", "not JSON"},
      {"[[1, 2]]", "[[1, null]]", "hidden holds null"},
      {"[[1, 2]]", "[{\"x\": 1, \"y\": 2}]", "hidden row 0 has 2 values"},
      {"[[1, 2]]", "[[1, 2, 3]]", "hidden row 0 has 3 values, expected 2"},
      {"[[1, 2]]", "[[1, 2], [3, 4]]", "bias has 1 entries, expected 2"},
      {"\"bias\": [0.5]", "\"bias\": 0.5", "bias is missing or not a list"},
      {"\"outputBias\": 0", "\"outputBias\": true", "outputBias holds true"},
      {"[0, 1]", "[1, 0]", "labels is [1,0], expected two numbers, the smaller one first"},
      {"[0, 1]", "[0]", "labels is [0]"},
      {"[[1, -1]]", "[]", "gates has 0 rows, expected 1"},
      {"[0.25]", "[]", "gateBias has 0 entries, expected 1"},
      {"[1, 2], \"intercept\"", "[1, 0], \"intercept\"", "preprocessing scale is [1,0]"},
      {"[1, 2], \"intercept\"", "[1], \"intercept\"", "preprocessing scale is [1]"},
      {"\"mean\": [0, 0]", "\"mean\": [0]", "preprocessing mean has 1 entries, expected 2"},
      {"\"intercept\": true", "\"intercept\": 1", "preprocessing intercept is 1"},
      {"\"center\": 0.1", "\"center\": null", "center holds null"},
    };
    for (String[] one : cases) {
      String changed = WHOLE.replace(one[0], one[1]);
      assertThat(changed).as(one[0]).isNotEqualTo(WHOLE);
      assertThatThrownBy(() -> NetworkFile.read(changed))
          .as(one[1])
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("network: ")
          .hasMessageContaining(one[2]);
    }
    for (String text : new String[] {"", "null", "[]", "1", WHOLE + "{}", "[".repeat(5000)}) {
      assertThatThrownBy(() -> NetworkFile.read(text))
          .as(text.substring(0, Math.min(9, text.length())))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int length = 0; length < WHOLE.strip().length(); length++) {
      String cut = WHOLE.substring(0, length);
      assertThatThrownBy(() -> NetworkFile.read(cut))
          .as("%d characters", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
