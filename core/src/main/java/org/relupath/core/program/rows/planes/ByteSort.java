package org.relupath.core.program.rows.planes;

import java.util.Arrays;

/**
 * The rows of a block in the order of their bytes in one plane, so that rows which agree in all
 * eight gates are next to each other. Keeps its memory from plane to plane.
 */
public final class ByteSort {
  private final int[] start = new int[257];
  private final int[] next = new int[256];
  private int[] order = new int[0];

  /** Sorts by a plane; equal bytes keep the order of their rows. */
  public void by(byte[] plane) {
    if (order.length < plane.length) {
      order = new int[plane.length];
    }
    Arrays.fill(start, 0);
    for (byte bits : plane) {
      start[(bits & 0xFF) + 1]++;
    }
    for (int v = 0; v < 256; v++) {
      start[v + 1] += start[v];
    }
    System.arraycopy(start, 0, next, 0, 256);
    for (int r = 0; r < plane.length; r++) {
      order[next[plane[r] & 0xFF]++] = r;
    }
  }

  /** Where the rows of byte {@code value} begin in the order. */
  public int start(int value) {
    return start[value];
  }

  /** How many rows have the byte {@code value}. */
  public int count(int value) {
    return start[value + 1] - start[value];
  }

  /** The row at place i of the order. */
  public int row(int i) {
    return order[i];
  }

  /** Copies rows of {@code width} numbers in this order. */
  public void gather(double[] rows, int width, int count, double[] into) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, order[i] * width, into, i * width, width);
    }
  }
}
