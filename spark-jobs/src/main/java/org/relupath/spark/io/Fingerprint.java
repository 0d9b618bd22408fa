package org.relupath.spark.io;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.SparseMatrix;

/** SHA-256 of what a result depends on. */
public final class Fingerprint {
  /** Begins the hash of rows whose zeros are not kept. */
  private static final String SPARSE = "sparse:";

  private Fingerprint() {}

  /** Of a text. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of all bytes of a stream; the caller closes it. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    return hex(digest.digest());
  }

  /** Of some bytes. */
  public static String of(byte[] bytes) {
    return hex(sha256().digest(bytes));
  }

  /**
   * Of the cells of a data set in canonical order, weights among them where there are any, with the
   * names of features, and what others than numbers stand for: the same for a csv and a parquet
   * file of the same rows. Of rows whose zeros are not kept it is one of the other numbers, and
   * says so: see {@link #fits}.
   */
  public static String of(Observations data) {
    return of(data, data.cells().isSparse());
  }

  /**
   * Whether a hash is that of a data set, however its rows are held and were held then.
   *
   * @param hash from {@link #of(Observations)}
   */
  public static boolean fits(String hash, Observations data) {
    return of(data, hash.startsWith(SPARSE)).equals(hash);
  }

  private static String of(Observations data, boolean sparse) {
    MessageDigest digest = sha256();
    digest.update(String.join("\n", data.inputs()).getBytes(StandardCharsets.UTF_8));
    if (sparse) {
      updateSparse(digest, data.cells());
    } else {
      update(digest, data.cells());
    }
    update(digest, data.targets());
    update(digest, data.weights());
    for (RawColumn column : data.columns()) {
      if (column.kind() != RawColumn.Kind.NUMBER) {
        update(digest, column.name(), column.kind().name(), column.levels());
      }
    }
    if (!data.classes().isEmpty()) {
      update(digest, "", "", data.classes());
    }
    return (sparse ? SPARSE : "") + hex(digest.digest());
  }

  /** Texts, each behind its length, so that no others have the bytes. */
  private static void update(
      MessageDigest digest, String first, String second, List<String> others) {
    for (String text :
        Stream.concat(Stream.of(first, second), others.stream()).toArray(String[]::new)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      digest.update(bytes);
    }
  }

  /** Of the numbers of some rows, features and then labels. */
  public static String of(Matrix features, double[] targets) {
    MessageDigest digest = sha256();
    update(digest, features.values());
    update(digest, targets);
    return hex(digest.digest());
  }

  /**
   * Of the jars, or the class files, that classes were loaded from; each place counts once.
   *
   * @return null where one of them is no local file or cannot be read
   */
  public static String ofCode(Class<?>... types) {
    MessageDigest digest = sha256();
    try {
      Set<Path> places = new LinkedHashSet<>();
      for (Class<?> type : types) {
        places.add(
            new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toPath());
      }
      for (Path place : places) {
        for (Path file : files(place)) {
          try (InputStream in = Files.newInputStream(file)) {
            digest.update(in.readAllBytes());
          }
        }
      }
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return null;
    }
    return hex(digest.digest());
  }

  private static List<Path> files(Path code) throws IOException {
    try (Stream<Path> walk = Files.walk(code)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Of each row how many numbers are not 0, their columns and the numbers. */
  private static void updateSparse(MessageDigest digest, Design cells) {
    SparseMatrix own = cells instanceof Matrix all ? SparseMatrix.of(all) : (SparseMatrix) cells;
    for (int r = 0; r < own.rows(); r++) {
      int from = own.starts()[r];
      int count = own.starts()[r + 1] - from;
      ByteBuffer buffer = ByteBuffer.allocate(4 + 12 * count).putInt(count);
      for (int i = from; i < from + count; i++) {
        buffer.putInt(own.indices()[i]).putDouble(own.values()[i]);
      }
      digest.update(buffer.flip());
    }
  }

  /** All numbers, zeros that are not kept among them. */
  private static void update(MessageDigest digest, Design cells) {
    if (cells instanceof Matrix matrix) {
      update(digest, matrix.values());
      return;
    }
    for (int r = 0; r < cells.rows(); r++) {
      update(digest, cells.row(r));
    }
  }

  private static void update(MessageDigest digest, double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    for (double value : values) {
      if (!buffer.hasRemaining()) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      // 0.0 and -0.0 are the same number.
      buffer.putDouble(value + 0.0);
    }
    digest.update(buffer.flip());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
