package org.relupath.core.path.piece;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/** Which blocks of a program share a face: their patterns differ on its zero rows only. */
public final class SharedFaces {
  private final ConvexProgram program;
  private final long[][] bits;

  /** The rows of X that are not zero, as a bit set: zero rows bound no cone. */
  private final long[] bounding;

  SharedFaces(ConvexProgram program) {
    this.program = program;
    Patterns patterns = program.patterns();
    this.bits = new long[patterns.count()][];
    for (int b = 0; b < bits.length; b++) {
      bits[b] = patterns.bits(b);
    }
    Problem problem = program.problem();
    BitSet rows = new BitSet(problem.n());
    for (int r = 0; r < problem.n(); r++) {
      rows.set(r, Vectors.norm(problem.x().values(), r * problem.d(), problem.d()) > 0);
    }
    this.bounding = Arrays.copyOf(rows.toLongArray(), (problem.n() + 63) / 64);
  }

  ConvexProgram program() {
    return program;
  }

  Problem problem() {
    return program.problem();
  }

  /** Whether x_r is not zero. */
  public boolean bounds(int r) {
    return (bounding[r >> 6] >>> r & 1L) != 0;
  }

  /**
   * The neuron of all blocks that share a face with a block.
   *
   * @param key its key
   * @param block the block
   * @param tight rows of the block's cone that are tight
   */
  public Neuron neuron(int key, Block block, int[] tight) {
    ConeFace face = ConeFace.of(problem(), block, tight);
    List<Block> members = members(block, face);
    return new Neuron(key, members, face, rows(members.get(0), face));
  }

  private List<Block> members(Block block, ConeFace face) {
    if (problem().model() == Model.GATED || face.zeros().length == 0) {
      return List.of(block);
    }
    long[] care = bounding.clone();
    for (int r : face.zeros()) {
      care[r >> 6] &= ~(1L << r);
    }
    List<Block> members = new ArrayList<>();
    int offset = block.id() - block.pattern();
    for (int b = 0; b < bits.length; b++) {
      if (b == block.pattern()) {
        members.add(block);
      } else if (agree(bits[b], block.bits(), care)) {
        members.add(program.block(offset + b));
      }
    }
    return List.copyOf(members);
  }

  private static boolean agree(long[] a, long[] b, long[] care) {
    for (int i = 0; i < care.length; i++) {
      if (((a[i] ^ b[i]) & care[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private int[] rows(Block block, ConeFace face) {
    BitSet active = BitSet.valueOf(block.bits());
    active.and(BitSet.valueOf(bounding));
    for (int r : face.zeros()) {
      active.clear(r);
    }
    return active.stream().toArray();
  }
}
