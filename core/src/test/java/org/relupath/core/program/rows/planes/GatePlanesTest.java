package org.relupath.core.program.rows.planes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowCase;
import org.relupath.core.reference.Dense;

class GatePlanesTest {
  private final RowCase rows = RowCase.of(70, 4, 21, 6);
  private final GatePlanes planes = GatePlanes.of(rows.matrix(), Matrix.ofRows(rows.gates()));

  private boolean active(int b, int r) {
    return Dense.dot(rows.x()[r], rows.gates()[b]) >= 0;
  }

  @Test
  void bitsAreSignsOfScores() {
    for (int b = 0; b < 21; b++) {
      for (int r = 0; r < 70; r++) {
        assertThat(planes.active(b, r)).isEqualTo(active(b, r));
      }
    }
    assertThat(planes.bits(2)).isEqualTo(5);
  }

  @Test
  void selectionsKeepTheOrderTheyAreGivenIn() {
    int[] gates = {20, 3, 4, 0, 19, 7, 8, 9, 16};
    int[] chosen = {69, 2, 2, 31};
    GatePlanes selected = planes.select(gates).rows(chosen);
    assertThat(selected.gates()).isEqualTo(9);
    for (int i = 0; i < gates.length; i++) {
      for (int r = 0; r < chosen.length; r++) {
        assertThat(selected.active(i, r)).isEqualTo(active(gates[i], chosen[r]));
      }
    }
  }

  @Test
  void shapesAreRefused() {
    assertThatThrownBy(() -> new GatePlanes(3, 9, new byte[1][3]))
        .hasMessage("9 gates need 2 planes, got 1");
    assertThatThrownBy(() -> new GatePlanes(3, 8, new byte[1][4])).hasMessageContaining("4 bytes");
    assertThatThrownBy(() -> new RowBlock(0, rows.matrix(), new double[69], planes))
        .hasMessage("y has 69 rows, X has 70");
    double[] targets = new double[70];
    targets[3] = Double.NaN;
    assertThatThrownBy(() -> new RowBlock(0, rows.matrix(), targets, planes))
        .hasMessage("y has an entry NaN");
  }
}
