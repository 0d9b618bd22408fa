package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;

/**
 * The cells of X, in chunks of which each is found without the others.
 *
 * <p>In the row space of X every cell C is a pointed cone, and so the sum of its extreme rays; a
 * ray is where r - 1 independent hyperplanes meet ({@link Rays}). All rays are gone through, and at
 * each of them the cells around it. A cell is given out by one ray only: the one that minimises
 *
 * <pre>c'z / sigma_C'z,    sigma_C = sum_l s_l a_l,</pre>
 *
 * with a_l the unit normals, s_l the sides of them that C is on, so that sigma_C'z > 0 on all of C,
 * and c a fixed vector in general position. That is a linear program over the section {z in C :
 * sigma_C'z = 1}, a polytope: a ray z is its solution if and only if no edge of the section leads
 * down from z, and the edges are the directions e of the 2-faces of C at z:
 *
 * <pre>c'e sigma_C'z - c'z sigma_C'e > 0    for all e.</pre>
 *
 * So a ray knows its own cells from the hyperplanes alone. What a chunk holds depends on X and on
 * its number, not on other chunks, on what ran before or on the machine: a chunk that is lost is
 * done again with the same result to the last bit, and no search has anything to remember.
 *
 * <p>A cell's gate is the sum of its ray z and the neighbouring rays along the edges e.
 */
public final class CellSearch implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Subsets of hyperplanes in a chunk: some tenths of a second at a hundred rows. */
  private static final int CHUNK = 4096;

  private final Matrix x;
  private final Arrangement arrangement;
  private final double[][] normals;
  private final int rank;
  private final double[] objective;

  CellSearch(Matrix x, Arrangement arrangement) {
    this.x = x;
    this.arrangement = arrangement;
    this.normals = arrangement.lines().toArray(double[][]::new);
    this.rank = arrangement.rank();
    this.objective = new double[rank];
    SplittableRandom random = new SplittableRandom(Seeds.derive(0, "cells", 0));
    for (int k = 0; k < rank; k++) {
      objective[k] = Seeds.gaussian(random);
    }
  }

  /**
   * A search of the cells of X.
   *
   * @param x X, n x d
   * @param limit refuse if {@link PatternEnumeration#bound(Matrix)} is above it
   * @throws IllegalArgumentException if there may be more than {@code limit} cells; the message
   *     says how many
   */
  public static CellSearch of(Matrix x, long limit) {
    Arrangement arrangement = Arrangement.of(x);
    PatternEnumeration.requireFew(arrangement, limit);
    return new CellSearch(x, arrangement);
  }

  /** X. */
  Matrix x() {
    return x;
  }

  /** The pattern on the far side of every hyperplane. */
  long[] mirrored(long[] bits) {
    return arrangement.mirrored(bits);
  }

  /** The number of chunks, at least one. */
  public int chunks() {
    return rank == 0 ? 1 : Math.toIntExact((new Rays(normals, rank).subsets() - 1) / CHUNK + 1);
  }

  /**
   * The cells of one chunk, by a gate inside each.
   *
   * @param number of the chunk, from 0, below {@link #chunks()}
   * @return gate vectors of length one, one a row (cells x d), in the order of their rays; zero
   *     where X is
   * @throws ArithmeticException if a cell is too thin for a gate inside it to be told from one
   *     outside
   */
  public Matrix chunk(int number) {
    if (number < 0 || number >= chunks()) {
      throw new IllegalArgumentException(
          "chunk is " + number + ", expected 0 to " + (chunks() - 1));
    }
    List<double[]> gates = new ArrayList<>();
    PatternReader reader = new PatternReader(x);
    if (rank == 0) {
      gates.add(gate(new BitSet(), new double[0], reader));
    } else {
      Rays rays = new Rays(normals, rank);
      long from = (long) number * CHUNK;
      long to = Math.min(rays.subsets(), from + CHUNK);
      rays.visit(from, to, line -> gatesOf(line, reader, gates));
    }
    return gates.isEmpty()
        ? Matrix.zeros(0, x.columns())
        : Matrix.ofRows(gates.toArray(double[][]::new));
  }

  /** The cells that the two rays of a line give out. */
  private void gatesOf(Rays.Ray line, PatternReader reader, List<double[]> gates) {
    List<LocalCells.LocalCell> around = LocalCells.around(line, normals);
    for (int side = 1; side >= -1; side -= 2) {
      Vertex vertex = new Vertex(line, side);
      for (LocalCells.LocalCell local : around) {
        if (vertex.owns(local)) {
          gates.add(gate(vertex.positive(local), vertex.inside(local), reader));
        }
      }
    }
  }

  /** A gate that lies, as it is read, on the given sides of the hyperplanes. */
  private double[] gate(BitSet positive, double[] inside, PatternReader reader) {
    double[] gate = arrangement.embed(inside);
    if (!Arrays.equals(reader.pattern(gate), arrangement.pattern(positive))) {
      throw new ArithmeticException(Arrangement.TOO_CLOSE);
    }
    return gate;
  }

  /** A ray z and the sides s_l of the hyperplanes that it is not on. */
  private final class Vertex {
    private final double[] z;
    private final int[] on;

    /** a_l'z, and zero for the hyperplanes through z. */
    private final double[] height;

    private final BitSet far = new BitSet();
    private final double[] farSum = new double[rank];
    private double sigma;
    private final double value;

    Vertex(Rays.Ray line, int side) {
      this.z = line.direction().clone();
      Vectors.scale(side, z, 0, rank);
      this.on = line.on();
      this.height = new double[normals.length];
      this.value = Vectors.dot(objective, z);
      for (int l = 0, i = 0; l < normals.length; l++) {
        if (i < on.length && on[i] == l) {
          i++;
          continue;
        }
        height[l] = Vectors.dot(normals[l], z);
        far.set(l, height[l] > 0);
        sigma += Math.abs(height[l]);
        Vectors.axpy(height[l] > 0 ? 1 : -1, normals[l], 0, farSum, 0, rank);
      }
    }

    /** Whether this ray is the one of a cell around it that gives it out. */
    boolean owns(LocalCells.LocalCell local) {
      double[] sum = farSum.clone();
      for (int i = 0; i < on.length; i++) {
        Vectors.axpy(local.positive().get(i) ? 1 : -1, normals[on[i]], 0, sum, 0, rank);
      }
      for (double[] e : local.rays()) {
        if (Vectors.dot(objective, e) * sigma <= value * Vectors.dot(sum, e)) {
          return false;
        }
      }
      return true;
    }

    BitSet positive(LocalCells.LocalCell local) {
      BitSet positive = (BitSet) far.clone();
      local.positive().stream().forEach(i -> positive.set(on[i]));
      return positive;
    }

    /** z and its neighbours along the edges of the cell, summed. */
    double[] inside(LocalCells.LocalCell local) {
      double[] sum = z.clone();
      for (double[] e : local.rays()) {
        // z cos + e sin meets the first hyperplane at the largest cotangent.
        double cotangent = Double.NEGATIVE_INFINITY;
        for (int l = 0; l < normals.length; l++) {
          if (height[l] != 0) {
            cotangent = Math.max(cotangent, -Vectors.dot(normals[l], e) / height[l]);
          }
        }
        double scale = 1 / Math.hypot(1, cotangent);
        Vectors.axpy(scale * cotangent, z, 0, sum, 0, rank);
        Vectors.axpy(scale, e, 0, sum, 0, rank);
      }
      return sum;
    }
  }
}
