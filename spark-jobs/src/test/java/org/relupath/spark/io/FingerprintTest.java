package org.relupath.spark.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.SparseMatrix;

class FingerprintTest {
  private static final double[][] ROWS = {{0, 2, -0.0}, {0, 0, 0}, {1.5, 0, -3}};
  private static final double[] TARGETS = {1, 0, 4};

  private static Observations dense(double[][] rows) {
    return new Observations(List.of("a", "b", "c"), Matrix.ofRows(rows), TARGETS);
  }

  private static Observations sparse(double[][] rows) {
    SparseMatrix x = SparseMatrix.of(Matrix.ofRows(rows));
    return new Observations(List.of("a", "b", "c"), x, TARGETS);
  }

  /** The bytes that folders of all versions have hashes of. */
  @Test
  void ofAllNumbersInTheirOrder() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(5 + 8 * 12);
    bytes.put("a\nb\nc".getBytes(StandardCharsets.UTF_8));
    for (double value : new double[] {0, 2, 0, 0, 0, 0, 1.5, 0, -3, 1, 0, 4}) {
      bytes.putDouble(value);
    }
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    String hash = HexFormat.of().formatHex(sha);
    assertThat(Fingerprint.of(dense(ROWS))).isEqualTo(hash);
    // Folders of rows that were sparse have it, too.
    assertThat(Fingerprint.fits(hash, sparse(ROWS))).isTrue();
  }

  @Test
  void ofNumbersThatAreNotZeroHoweverRowsAreHeld() {
    String hash = Fingerprint.of(sparse(ROWS));
    assertThat(hash).startsWith("sparse:");
    assertThat(Fingerprint.fits(hash, sparse(ROWS))).isTrue();
    assertThat(Fingerprint.fits(hash, dense(ROWS))).isTrue();
    double[][][] others = {
      {{0, 2, 0}, {0, 0, 0}, {1.5, 0, -3.5}},
      {{2, 0, 0}, {0, 0, 0}, {1.5, 0, -3}},
      {{0, 0, 0}, {0, 2, 0}, {1.5, 0, -3}},
    };
    for (double[][] other : others) {
      assertThat(Fingerprint.fits(hash, dense(other))).isFalse();
      assertThat(Fingerprint.of(sparse(other))).isNotEqualTo(hash);
    }
  }
}
