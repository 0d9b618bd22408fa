package org.relupath.core.path.homotopy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.Model;

/** The differences between the supports before and after an event. */
final class SupportChanges {
  /** Rays of one neuron before and after a leap are at most this far apart. */
  private static final double NEAR = 1e-3;

  private SupportChanges() {}

  /** The events that lead from one support to another, at one lambda. */
  static List<Event> between(PiecePoint before, PiecePoint after, double lambda) {
    int[] successor = successors(before, after);
    List<Event> events = new ArrayList<>();
    boolean[] known = new boolean[after.size()];
    for (int b = 0; b < before.size(); b++) {
      int block = before.neurons().get(b).block().id();
      if (successor[b] < 0) {
        events.add(new Event(lambda, Event.Kind.BLOCK_LEAVES, block, -1));
        continue;
      }
      known[successor[b]] = true;
      int[] old = before.neurons().get(b).face().zeros();
      int[] now = after.neurons().get(successor[b]).face().zeros();
      rows(now, old, new Event(lambda, Event.Kind.ROW_TIGHTENS, block, -1), events);
      rows(old, now, new Event(lambda, Event.Kind.ROW_LOOSENS, block, -1), events);
    }
    for (int b = 0; b < after.size(); b++) {
      if (!known[b]) {
        int block = after.neurons().get(b).block().id();
        events.add(new Event(lambda, Event.Kind.BLOCK_ENTERS, block, -1));
      }
    }
    events.sort(
        Comparator.comparing(Event::kind)
            .thenComparingInt(Event::block)
            .thenComparingInt(Event::row));
    return events;
  }

  /** An event like {@code model} for every row that is in {@code in} but not in {@code out}. */
  private static void rows(int[] in, int[] out, Event model, List<Event> events) {
    Arrays.stream(in)
        .filter(r -> Arrays.binarySearch(out, r) < 0)
        .forEach(r -> events.add(new Event(model.lambda(), model.kind(), model.block(), r)));
  }

  /** For every neuron before, its place after: by key, else by ray; -1 where it has left. */
  private static int[] successors(PiecePoint before, PiecePoint after) {
    int[] successor = new int[before.size()];
    boolean[] taken = new boolean[after.size()];
    Arrays.fill(successor, -1);
    for (int b = 0; b < before.size(); b++) {
      for (int j = 0; j < after.size(); j++) {
        if (before.neurons().get(b).key() == after.neurons().get(j).key()) {
          successor[b] = j;
          taken[j] = true;
        }
      }
    }
    for (int b = 0; b < before.size(); b++) {
      double nearest = NEAR;
      for (int j = 0; j < after.size() && successor[b] < 0; j++) {
        nearest = taken[j] ? nearest : Math.min(nearest, distance(before, b, after, j));
      }
      for (int j = 0; j < after.size() && successor[b] < 0 && nearest < NEAR; j++) {
        if (!taken[j] && distance(before, b, after, j) == nearest) {
          successor[b] = j;
          taken[j] = true;
        }
      }
    }
    return successor;
  }

  private static double distance(PiecePoint before, int b, PiecePoint after, int j) {
    Block old = before.neurons().get(b).block();
    Block block = after.neurons().get(j).block();
    boolean gated = before.problem().model() == Model.GATED;
    if (old.sign() != block.sign() || (gated && !old.equals(block))) {
      return Double.POSITIVE_INFINITY;
    }
    double[] difference = before.ray(b);
    Vectors.axpy(-1, after.ray(j), 0, difference, 0, difference.length);
    return Vectors.norm(difference);
  }
}
