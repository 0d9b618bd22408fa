package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;

/** Whole-numbered points inside of cells, for those too thin for floating-point arithmetic. */
final class InteriorPoint {
  private InteriorPoint() {}

  /**
   * A point of the cell on the given sides of the hyperplanes: one of its rays z, many times, and
   * once a point e inside the cell that the hyperplanes through z make, which contains it there.
   *
   * @param rows of the hyperplanes
   * @param positive those on whose positive side the cell is
   */
  static BigInteger[] of(IntegerRows rows, BitSet positive) {
    BigInteger[][] found = new BigInteger[1][];
    if (rows.count() == rows.rank()) {
      return orthant(rows, positive);
    }
    ArrangementLines rays = new ArrangementLines(rows);
    rays.visit(
        0,
        rays.subsets(),
        ray -> {
          for (int side = 1; side >= -1 && found[0] == null; side -= 2) {
            if (LocalCells.positive(ray, side, near(ray.on(), positive)).equals(positive)) {
              found[0] = from(rows, positive, ray, side);
            }
          }
        });
    return found[0];
  }

  /** Where each of the rows is a unit vector. */
  private static BigInteger[] orthant(IntegerRows rows, BitSet positive) {
    BigInteger[] point = new BigInteger[rows.rank()];
    for (int l = 0; l < point.length; l++) {
      int k = 0;
      while (rows.normals()[l][k] == 0) {
        k++;
      }
      point[k] = positive.get(l) ? BigInteger.ONE : BigInteger.ONE.negate();
    }
    return point;
  }

  private static BitSet near(int[] on, BitSet positive) {
    BitSet near = new BitSet();
    for (int i = 0; i < on.length; i++) {
      near.set(i, positive.get(on[i]));
    }
    return near;
  }

  /** A point strictly inside a cell, in whole numbers, found from one of its rays. */
  static BigInteger[] from(
      IntegerRows rows, BitSet positive, ArrangementLines.Line line, int side) {
    BigInteger[] z = rows.normal(line.chosen());
    int off = 0;
    while (line.heights()[off] == 0) {
      off++;
    }
    if (rows.product(off, z).signum() * side * line.heights()[off] < 0) {
      Arrays.setAll(z, k -> z[k].negate());
    }
    if (line.on().length == 0) {
      return z;
    }
    IntegerRows through = rows.only(line.on());
    BigInteger[] e = through.embed(of(through, near(line.on(), positive)));
    int shift = 0;
    for (int l = 0; l < rows.count(); l++) {
      int height = rows.product(l, z).bitLength();
      if (height > 0) {
        shift = Math.max(shift, rows.product(l, e).bitLength() - height + 1);
      }
    }
    for (int k = 0; k < z.length; k++) {
      z[k] = z[k].shiftLeft(shift).add(e[k]);
    }
    return z;
  }
}
