package org.relupath.core.program.rows.planes;

import java.io.Serializable;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;

/**
 * The bits 1[x_r'g_b >= 0] of P gates on some rows, as byte planes: bit j of byte r of plane p is
 * gate 8p + j on row r; bits beyond gate P - 1 are 0. Unlike {@link
 * org.relupath.core.gates.Patterns} every gate keeps its place, because which patterns are equal
 * does not show on a part of the rows.
 *
 * @param rows m, the number of rows
 * @param gates P
 * @param planes ceil(P / 8) planes of m bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bits, never compared as a whole
public record GatePlanes(int rows, int gates, byte[][] planes) implements Serializable {
  /** Checks the shape. */
  public GatePlanes {
    if (planes.length != planeCount(gates)) {
      throw new IllegalArgumentException(
          gates + " gates need " + planeCount(gates) + " planes, got " + planes.length);
    }
    for (byte[] plane : planes) {
      if (plane.length != rows) {
        throw new IllegalArgumentException(
            "a plane has " + plane.length + " bytes, expected one for each of " + rows + " rows");
      }
    }
  }

  private static int planeCount(int gates) {
    return (gates + 7) / 8;
  }

  /**
   * Reads the bits of gates on rows, the same that {@link PatternReader} reads on any other part of
   * the rows.
   *
   * @param x m x d rows
   * @param gates P x d, a gate a row
   */
  public static GatePlanes of(Matrix x, Matrix gates) {
    PatternReader reader = new PatternReader(x);
    byte[][] planes = new byte[planeCount(gates.rows())][x.rows()];
    for (int b = 0; b < gates.rows(); b++) {
      set(planes[b >> 3], b & 7, reader.pattern(gates.row(b)));
    }
    return new GatePlanes(x.rows(), gates.rows(), planes);
  }

  private static void set(byte[] plane, int bit, long[] pattern) {
    for (int r = 0; r < plane.length; r++) {
      plane[r] |= (byte) ((pattern[r >> 6] >>> r & 1L) << bit);
    }
  }

  /** Whether row r is active in gate b. */
  public boolean active(int b, int r) {
    return (planes[b >> 3][r] >> (b & 7) & 1) != 0;
  }

  /** How many gates plane p holds: 8 but for the last. */
  public int bits(int p) {
    return Math.min(8, gates - 8 * p);
  }

  /** The planes of some gates, in the order given. */
  public GatePlanes select(int[] chosen) {
    byte[][] own = new byte[planeCount(chosen.length)][rows];
    for (int i = 0; i < chosen.length; i++) {
      byte[] from = planes[chosen[i] >> 3];
      byte[] to = own[i >> 3];
      int right = chosen[i] & 7;
      int left = i & 7;
      for (int r = 0; r < rows; r++) {
        to[r] |= (byte) ((from[r] >> right & 1) << left);
      }
    }
    return new GatePlanes(rows, chosen.length, own);
  }

  /** All gates on some of the rows, in the order given. */
  public GatePlanes rows(int[] chosen) {
    byte[][] own = new byte[planes.length][chosen.length];
    for (int p = 0; p < planes.length; p++) {
      for (int i = 0; i < chosen.length; i++) {
        own[p][i] = planes[p][chosen[i]];
      }
    }
    return new GatePlanes(chosen.length, gates, own);
  }
}
