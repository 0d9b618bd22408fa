package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/** Which blocks enter and leave between the lambdas of a path. */
final class PathEvents {
  /** Ids that a cell names. */
  private static final int NAMED = 8;

  private PathEvents() {}

  static void on(Page page, PathPage path) {
    List<PathPoint> points = path.solved().points();
    List<List<String>> rows = new ArrayList<>();
    Set<Integer> before = Set.of();
    for (int k = 0; k < points.size(); k++) {
      Set<Integer> now = active(points.get(k));
      Set<Integer> enter = new TreeSet<>(now);
      enter.removeAll(before);
      Set<Integer> leave = new TreeSet<>(before);
      leave.removeAll(now);
      if (!enter.isEmpty() || !leave.isEmpty()) {
        rows.add(
            List.of(
                k == 0 ? "λ_max" : Numbers.text(path.rows().get(k - 1).lambda()),
                Numbers.text(path.rows().get(k).lambda()),
                Integer.toString(enter.size()),
                Integer.toString(leave.size()),
                named(enter),
                named(leave)));
      }
      before = now;
    }
    if (!rows.isEmpty()) {
      page.rows(
          "Events along the path: where neurons enter and leave",
          List.of("from λ", "to λ", "enter", "leave", "blocks that enter", "blocks that leave"),
          rows,
          -1);
    }
  }

  private static Set<Integer> active(PathPoint point) {
    BlockWeights weights = point.solution().weights();
    Set<Integer> active = new TreeSet<>();
    for (int i = 0; i < weights.size(); i++) {
      if (weights.norm(i) > 0) {
        active.add(weights.blocks().get(i).id());
      }
    }
    return active;
  }

  private static String named(Set<Integer> ids) {
    String some = ids.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(" "));
    return ids.isEmpty() ? Numbers.NONE : ids.size() > NAMED ? some + " ..." : some;
  }
}
