import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the wheel of the Python package (PEP 427): its sources, the application's jar, and the native BLAS where the build
 * has one. The same files give the same bytes. Maven runs it in its phase package.
 *
 * <pre>java Wheel.java VERSION TIME PYTHON JAR NATIVE LICENSE TARGET</pre>
 */
public class Wheel {
  private static final Pattern VERSION = Pattern.compile("(\\d+(?:\\.\\d+)*)(-SNAPSHOT)?");

  /** Files by their names in the wheel, in order. */
  private final Map<String, byte[]> files = new TreeMap<>();

  public static void main(String[] a) throws IOException {
    Path target = Path.of(a[6]);
    new Wheel().make(version(a[0]), a[1], Path.of(a[2]), Path.of(a[3]), Path.of(a[4]), Path.of(a[5]), target);
  }

  /** A version of Maven as PEP 440 has it: of a snapshot a development release. */
  static String version(String maven) {
    Matcher matcher = VERSION.matcher(maven);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("version '" + maven + "', expected 1.2.3 or 1.2.3-SNAPSHOT");
    }
    return matcher.group(1) + (matcher.group(2) == null ? "" : ".dev0");
  }

  private void make(String version, String time, Path python, Path jar, Path natives, Path license, Path target)
      throws IOException {
    addAll("", python, "(relupath|org)/.*(\\.py|py\\.typed)");
    files.put("relupath/jars/relupath.jar", Files.readAllBytes(jar));
    addAll("relupath/native/", natives, "[^/]*\\.so\\.\\d+");
    String info = "relupath-" + version + ".dist-info/";
    String metadata = Files.readString(python.resolve("METADATA")).replace("${version}", version);
    files.put(info + "METADATA", metadata.getBytes(StandardCharsets.UTF_8));
    String wheel = "Wheel-Version: 1.0\nGenerator: relupath\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    files.put(info + "WHEEL", wheel.getBytes(StandardCharsets.UTF_8));
    files.put(info + "licenses/LICENSE", Files.readAllBytes(license));
    StringBuilder record = new StringBuilder();
    files.forEach((name, bytes) -> record.append(name + ",sha256=" + sha256(bytes) + "," + bytes.length + "\n"));
    record.append(info + "RECORD,,\n");
    Files.createDirectories(target);
    try (Stream<Path> older = Files.list(target)) {
      older.filter(file -> file.toString().endsWith(".whl")).forEach(Wheel::delete);
    }
    Path file = target.resolve("relupath-" + version + "-py3-none-any.whl");
    LocalDateTime made = OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> one : files.entrySet()) {
        write(zip, one.getKey(), one.getValue(), made);
      }
      write(zip, info + "RECORD", record.toString().getBytes(StandardCharsets.UTF_8), made);
    }
  }

  /** Adds the files of a folder whose names match; of one that is not there none. */
  private void addAll(String prefix, Path folder, String names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (name.matches(names)) {
          files.put(prefix + name, Files.readAllBytes(file));
        }
      }
    }
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes, LocalDateTime made) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // A local time has no zone, so that the bytes are those of every machine.
    entry.setTimeLocal(made);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
