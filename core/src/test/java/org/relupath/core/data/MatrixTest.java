package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final Matrix M = Matrix.ofRows(new double[][] {{1, 2}, {3, 4}, {5, 6}});

  @Test
  void keepsRowsContiguous() {
    assertThat(M.values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(M.get(1, 0)).isEqualTo(3);
    assertThat(M.row(2)).containsExactly(5, 6);
    assertThat(M.times(new double[] {1, -1})).containsExactly(-1, -1, -1);
    assertThat(M.selectRows(new int[] {2, 0, 2}).values()).containsExactly(5, 6, 1, 2, 5, 6);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Matrix(2, 2, new double[3]));
    assertThatIllegalArgumentException().isThrownBy(() -> new Matrix(-1, 2, new double[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matrix.ofRows(new double[][] {{1}, {1, 2}}))
        .withMessage("row 1 has 2 values, expected 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> M.times(new double[3]))
        .withMessage("w has 3 entries, expected 2");
  }

  @Test
  void observationsCheckNamesAndLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Observations(List.of("a"), M, new double[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Observations(List.of("a", "a"), M, new double[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Observations(List.of("a", "b"), M, new double[2]));
    Observations unlabelled = new Observations(List.of("a", "b"), M, new double[0]);
    assertThat(unlabelled.labelled()).isFalse();
    assertThat(unlabelled.select(new int[] {1}).features().values()).containsExactly(3, 4);
    Observations labelled = new Observations(List.of("a", "b"), M, new double[] {7, 8, 9});
    assertThat(labelled.select(new int[] {2, 0}).targets()).containsExactly(9, 7);
  }
}
