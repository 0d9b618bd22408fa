package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the additions, written out as brackets. */
class TreeSumTest {

  private static String plus(String a, String b) {
    return "(" + a + b + ")";
  }

  @Test
  void addsUpATreeOverTheNumbers() {
    assertThat(TreeSum.of(List.of("0", "1", "2", "3", "4", "5", "6"), TreeSumTest::plus))
        .isEqualTo("(((01)(23))((45)6))");
    assertThat(TreeSum.of(List.of("0", "1", "2", "3", "4"), TreeSumTest::plus))
        .isEqualTo("(((01)(23))4)");
    assertThat(TreeSum.of(List.of("0"), TreeSumTest::plus)).isEqualTo("0");
  }

  @ParameterizedTest(name = "{0} parts")
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 64, 100})
  void doesNotDependOnWhoAddsWhatWhen(int parts) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      names.add("<" + i + ">");
    }
    String expected = TreeSum.of(names, TreeSumTest::plus);
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<TreeSum<String>> adders = new ArrayList<>();
      for (int a = 0; a < 4; a++) {
        adders.add(new TreeSum<>(parts));
      }
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      for (int i : order) {
        adders.get(random.nextInt(4)).add(i, names.get(i), TreeSumTest::plus);
      }
      Collections.shuffle(adders, random);
      TreeSum<String> sum = adders.get(0);
      for (int a = 1; a < 4; a++) {
        sum = sum.add(adders.get(a), TreeSumTest::plus);
      }
      assertThat(sum.total()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void missingPartsAreAnError() {
    TreeSum<String> sum = new TreeSum<>(5);
    assertThatThrownBy(sum::total).hasMessage("5 of 5 parts are missing");
    sum.add(4, "4", TreeSumTest::plus).add(0, "0", TreeSumTest::plus);
    assertThatThrownBy(sum::total).hasMessage("3 of 5 parts are missing");
    assertThatThrownBy(() -> sum.add(5, "5", TreeSumTest::plus)).hasMessage("part 5 of 5");
  }
}
