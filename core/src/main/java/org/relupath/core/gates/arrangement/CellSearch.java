package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;

/**
 * The cells of X, in chunks of which each is found without the others.
 *
 * <p>In the row space of X every cell C is a pointed cone, and so the sum of its extreme rays; a
 * ray is where r - 1 independent hyperplanes meet ({@link ArrangementLines}). All rays are gone
 * through, and at each of them the cells around it. A cell is given out by one ray only: the one
 * that minimises
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
 * <p>A cell's gate is the sum of its ray z and the neighbouring rays along the edges e, where that
 * is in it as rounded; and else a point in whole numbers ({@link InteriorPoint}), rounded.
 */
public final class CellSearch implements java.io.Serializable {
  /** Subsets of hyperplanes in a chunk: some tenths of a second at a hundred rows. */
  private static final int CHUNK = 4096;

  /** How many multiples of a point inside of a thin cell are rounded, before there is no gate. */
  private static final int ROUNDINGS = 64;

  private final Matrix x;
  private final Arrangement arrangement;
  private final IntegerRows rows;
  private final double[][] normals;
  private final int rank;
  private final double[] objective;

  CellSearch(Matrix x, Arrangement arrangement) {
    this.x = x;
    this.arrangement = arrangement;
    this.rows = arrangement.lines();
    this.normals = rows.normals();
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
    return new CellSearch(x, PatternEnumeration.requireFew(x, limit));
  }

  /** X. */
  Matrix x() {
    return x;
  }

  /** The pattern on the far side of every hyperplane. */
  long[] mirrored(long[] bits) {
    return arrangement.mirrored(bits);
  }

  /** The largest number of cells that there may be: {@link PatternEnumeration#bound(Matrix)}. */
  public BigInteger most() {
    return PatternEnumeration.bound(rows.count(), rank);
  }

  /** The number of chunks, at least one. */
  public int chunks() {
    return rank == 0 ? 1 : Math.toIntExact((new ArrangementLines(rows).subsets() - 1) / CHUNK + 1);
  }

  /**
   * Cells of X.
   *
   * @param bits the pattern of each
   * @param gates a gate vector of length one inside of it, zero where X is; null where there is
   *     none, because no doubles were found between those of X
   */
  @SuppressWarnings("ArrayRecordComponent") // on their way, never compared
  public record Cells(long[][] bits, double[][] gates) implements java.io.Serializable {}

  /**
   * The cells of one chunk, in the order of their rays. Where rounding leaves open which of its
   * rays gives a cell out, several do.
   *
   * @param number of the chunk, from 0, below {@link #chunks()}
   */
  public Cells chunk(int number) {
    if (number < 0 || number >= chunks()) {
      throw new IllegalArgumentException(
          "chunk is " + number + ", expected 0 to " + (chunks() - 1));
    }
    List<long[]> bits = new ArrayList<>();
    List<double[]> gates = new ArrayList<>();
    if (rank == 0) {
      bits.add(arrangement.pattern(new BitSet()));
      gates.add(new double[x.columns()]);
    } else {
      PatternReader reader = new PatternReader(x);
      ArrangementLines rays = new ArrangementLines(rows);
      long from = (long) number * CHUNK;
      long to = Math.min(rays.subsets(), from + CHUNK);
      rays.visit(from, to, line -> cellsOf(line, reader, bits, gates));
    }
    return new Cells(bits.toArray(long[][]::new), gates.toArray(double[][]::new));
  }

  /** The cells that the two rays of a line give out. */
  private void cellsOf(
      ArrangementLines.Line line, PatternReader reader, List<long[]> bits, List<double[]> gates) {
    List<LocalCells.LocalCell> around = LocalCells.around(line, rows);
    for (int side = 1; side >= -1; side -= 2) {
      Vertex vertex = new Vertex(line, side);
      for (LocalCells.LocalCell local : around) {
        if (vertex.mayOwn(local)) {
          BitSet positive = LocalCells.positive(line, side, local.positive());
          long[] pattern = arrangement.pattern(positive);
          double[] gate = arrangement.embed(vertex.inside(local));
          bits.add(pattern);
          gates.add(
              Arrays.equals(reader.pattern(gate), pattern)
                  ? gate
                  : between(InteriorPoint.from(rows, positive, line, side), pattern, reader));
        }
      }
    }
  }

  /** A vector of doubles in a cell that a point of whole numbers is in; null if none is found. */
  private double[] between(BigInteger[] inside, long[] pattern, PatternReader reader) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(0, "roundings", 0));
    for (int i = 0; i < ROUNDINGS; i++) {
      double[] gate = arrangement.rounded(inside, i == 0 ? 1 : random.nextLong(1, 1L << 53));
      if (Arrays.equals(reader.pattern(gate), pattern)) {
        return gate;
      }
    }
    return null;
  }

  /** A ray z and the sides s_l of the hyperplanes that it is not on. */
  private final class Vertex {
    private final double[] z;
    private final double error;
    private final int[] on;

    /** a_l'z, and zero for the hyperplanes through z. */
    private final double[] height;

    private final double[] farSum = new double[rank];
    private double sigma;
    private final double value;

    Vertex(ArrangementLines.Line line, int side) {
      this.z = line.direction().clone();
      Vectors.scale(side, z, 0, rank);
      this.error = line.error();
      this.on = line.on();
      this.height = line.heights().clone();
      Vectors.scale(side, height, 0, height.length);
      this.value = Vectors.dot(objective, z);
      for (int l = 0; l < normals.length; l++) {
        if (height[l] != 0) {
          sigma += Math.abs(height[l]);
          Vectors.axpy(height[l] > 0 ? 1 : -1, normals[l], 0, farSum, 0, rank);
        }
      }
    }

    /** Whether this ray may be, within rounding, the one of a cell around it that gives it out. */
    boolean mayOwn(LocalCells.LocalCell local) {
      double[] sum = farSum.clone();
      for (int i = 0; i < on.length; i++) {
        Vectors.axpy(local.positive().get(i) ? 1 : -1, normals[on[i]], 0, sum, 0, rank);
      }
      double m = normals.length;
      double relative = error + local.error() + (m + 8 * rank) * IntegerRows.UNIT;
      double rounding = 4 * Vectors.norm(objective) * m * relative;
      for (double[] e : local.rays()) {
        if (Vectors.dot(objective, e) * sigma - value * Vectors.dot(sum, e) < -rounding) {
          return false;
        }
      }
      return true;
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
