package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

  /** Neighbours that two adders hold part of meet under one node, and each node becomes one sum. */
  @ParameterizedTest(name = "{0} parts")
  @ValueSource(ints = {1, 2, 3, 16, 17, 33, 100})
  void whatGoesIntoANodeOfALevelMeetsThere(int parts) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      names.add("<" + i + ">");
    }
    int level = TreeSum.level(parts, 4);
    for (int adders = 1; adders <= 9; adders++) {
      Map<Integer, TreeSum<String>> met = new TreeMap<>();
      for (int a = 0; a < adders; a++) {
        TreeSum<String> own = new TreeSum<>(parts);
        for (int i = a * parts / adders; i < (a + 1) * parts / adders; i++) {
          own.add(i, names.get(i), TreeSumTest::plus);
        }
        own.under(level)
            .forEach((place, sum) -> met.merge(place, sum, (x, y) -> x.add(y, TreeSumTest::plus)));
      }
      TreeSum<String> all = new TreeSum<>(parts);
      for (TreeSum<String> sum : met.values()) {
        assertThat(sum.size()).isEqualTo(1);
        all.add(sum, TreeSumTest::plus);
      }
      assertThat(met.size()).isLessThanOrEqualTo(4);
      assertThat(all.total()).isEqualTo(TreeSum.of(names, TreeSumTest::plus));
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
