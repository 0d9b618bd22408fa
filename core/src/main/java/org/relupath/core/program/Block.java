package org.relupath.core.program;

/**
 * One block of a convex program: a pattern D_b and a sign s_b, so that Z_b = s_b D_b X.
 *
 * <p>A block carries its own bits, so that it means the same on every machine.
 *
 * @param id position in the program: pattern b has block b, and for C-ReLU also block P + b of sign
 *     -1
 * @param pattern the pattern's position b in its {@link org.relupath.core.gates.Patterns}
 * @param sign s_b, +1 or -1
 * @param bits the n bits of D_b, bit r in bit r % 64 of word r / 64; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the id; the bits ride along
public record Block(int id, int pattern, int sign, long[] bits) implements java.io.Serializable {
  /** Whether row r is active. */
  public boolean active(int r) {
    return (bits[r >> 6] >>> r & 1L) != 0;
  }

  /** The side of row r that the cone is on: 1 where the pattern is active, else -1. */
  public int side(int r) {
    return (int) (bits[r >> 6] >>> r & 1L) * 2 - 1;
  }

  /** The diagonal of s_b D_b, n entries, written to {@code mask} from {@code offset} on. */
  public void signedMask(int n, double[] mask, int offset) {
    for (int r = 0; r < n; r++) {
      mask[offset + r] = (int) (bits[r >> 6] >>> r & 1L) * sign;
    }
  }

  /**
   * This block as a program of other patterns numbers it.
   *
   * @param number the pattern's position there
   * @param patterns how many there are
   */
  public Block numbered(int number, int patterns) {
    return new Block(sign > 0 ? number : patterns + number, number, sign, bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block b && id == b.id;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
