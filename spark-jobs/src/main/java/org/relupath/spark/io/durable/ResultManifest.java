package org.relupath.spark.io.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.JsonObject;

/**
 * manifest.json: what a result was made from, and the result's own files: size and SHA-256 of each,
 * and of the manifest itself. A folder that holds other files than these is not that result.
 *
 * @param fields all of it
 * @param files by path in the folder, all but the manifest
 */
public record ResultManifest(JsonObject fields, SortedMap<String, Listed> files) {
  /** The name of the file. */
  public static final String NAME = "manifest.json";

  private static final String FORMAT = "relupath-manifest";

  /** Version 1 listed no files. */
  private static final int VERSION = 2;

  private static final String FILES = "files";
  private static final String HASH = "hash";

  /**
   * A file of a result.
   *
   * @param bytes its size
   * @param sha256 of its bytes, in hexadecimal digits
   */
  public record Listed(long bytes, String sha256) {
    /** Whether a file of this size has these bytes; they are read only where the size is right. */
    boolean matches(FileSystem fs, FileStatus file) throws IOException {
      return file.getLen() == bytes && hash(fs, file.getPath()).equals(sha256);
    }
  }

  private static String hash(FileSystem fs, Path file) throws IOException {
    try (InputStream in = fs.open(file)) {
      return Fingerprint.of(in);
    }
  }

  /**
   * The text of the manifest of a folder that is complete but for it.
   *
   * @param content what the result was made from, in the order of the file
   * @param fs the folder's file system
   */
  static String text(Map<String, Object> content, FileSystem fs, Path folder) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("version", VERSION);
    all.putAll(content);
    all.put(FILES, listed(fs, folder));
    all.put(HASH, Fingerprint.of(Json.pretty(all)));
    return Json.pretty(all);
  }

  private static SortedMap<String, Listed> listed(FileSystem fs, Path folder) throws IOException {
    Map<String, FileStatus> found = found(fs, folder);
    found.keySet().removeIf(name -> name.equals(NAME) || name.endsWith("/"));
    SortedMap<String, Listed> files = new TreeMap<>();
    try {
      // In parallel: a folder of generated rows has many files.
      found.entrySet().parallelStream()
          .map(file -> Map.entry(file.getKey(), listed(fs, file.getValue())))
          .toList()
          .forEach(file -> files.put(file.getKey(), file.getValue()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }

  private static Listed listed(FileSystem fs, FileStatus file) {
    try {
      return new Listed(file.getLen(), hash(fs, file.getPath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, FileStatus> found(FileSystem fs, Path folder) throws IOException {
    Map<String, FileStatus> found = new TreeMap<>();
    collect(fs, folder, "", found);
    return found;
  }

  /** All files in a folder and its folders, by path in it; folders without files end in a slash. */
  private static void collect(
      FileSystem fs, Path folder, String prefix, Map<String, FileStatus> files) throws IOException {
    for (FileStatus file : fs.listStatus(folder)) {
      String name = prefix + file.getPath().getName();
      if (file.isDirectory()) {
        int before = files.size();
        collect(fs, file.getPath(), name + "/", files);
        if (files.size() == before) {
          files.put(name + "/", file);
        }
      } else {
        files.put(name, file);
      }
    }
  }

  /**
   * Reads a manifest.
   *
   * @param text of the file
   * @throws IllegalArgumentException saying in what it is none; the message goes on after its name
   */
  static ResultManifest read(String text) {
    JsonNode node = Json.parse(text);
    JsonObject fields = JsonObject.of(node);
    if (!fields.text("format").equals(FORMAT)) {
      throw new IllegalArgumentException(
          "has format '" + fields.text("format") + "', expected " + FORMAT);
    }
    long version = fields.whole("version", 1, Integer.MAX_VALUE);
    if (version == 1) {
      throw new IllegalArgumentException(
          "is of version 1, which lists no files: make the result anew, with '"
              + fields.text("command")
              + " --config FOLDER/resolved.conf'");
    }
    if (version > VERSION) {
      throw new IllegalArgumentException(
          "is of version " + version + ", expected at most " + VERSION + ": a later relupath's");
    }
    if (!fields.text(HASH).equals(ownHash((ObjectNode) node))) {
      throw new IllegalArgumentException("is not as relupath wrote it");
    }
    SortedMap<String, Listed> files = new TreeMap<>();
    JsonObject listed = fields.object(FILES);
    for (String name : listed.names()) {
      JsonObject file = listed.object(name);
      files.put(name, new Listed(file.whole("bytes", 0, Long.MAX_VALUE), file.text("sha256")));
    }
    return new ResultManifest(fields, files);
  }

  private static String ownHash(ObjectNode node) {
    ObjectNode others = node.deepCopy();
    others.remove(HASH);
    return Fingerprint.of(Json.pretty(new ObjectMapper().convertValue(others, Map.class)));
  }

  /**
   * What of a folder is not as this manifest has it.
   *
   * @param fs the folder's file system
   * @return a line for each file that is missing, is another, or is not listed
   */
  List<String> differences(FileSystem fs, Path folder) throws IOException {
    List<String> differences = foreign(fs, folder, true);
    Map<String, FileStatus> found = found(fs, folder);
    files.keySet().stream()
        .filter(name -> !found.containsKey(name))
        .forEach(name -> differences.add("lacks " + name));
    return differences;
  }

  /** What was put into a folder, or changed in it, since this manifest was written. */
  private List<String> foreign(FileSystem fs, Path folder, boolean hashes) throws IOException {
    Map<String, FileStatus> found = found(fs, folder);
    found.remove(NAME);
    List<String> foreign = new ArrayList<>();
    for (Map.Entry<String, FileStatus> file : found.entrySet()) {
      Listed own = files.get(file.getKey());
      if (own == null) {
        foreign.add("holds " + file.getKey() + ", which is no part of the result");
      } else if (hashes
          ? !own.matches(fs, file.getValue())
          : own.bytes() != file.getValue().getLen()) {
        foreign.add("holds " + file.getKey() + ", which is not as the run left it");
      }
    }
    return foreign;
  }

  /**
   * Refuses to replace what is not, to the last byte, a result of relupath, or an empty folder.
   *
   * @param named how messages call the folder
   * @throws BadInputException naming what would be lost
   */
  static void requireReplaceable(String named, FileSystem fs, Path folder) throws IOException {
    String problem = irreplaceable(fs, folder, true);
    if (problem != null) {
      throw new BadInputException(
          "%s: %s, --overwrite replaces only a result of relupath as it was left"
              .formatted(named, problem));
    }
  }

  /**
   * What would be lost with a folder; null for nothing but a result.
   *
   * @param hashes whether all bytes are read, or names and sizes will do
   */
  static String irreplaceable(FileSystem fs, Path folder, boolean hashes) throws IOException {
    if (!fs.getFileStatus(folder).isDirectory()) {
      return "is a file, expected a folder";
    }
    if (fs.listStatus(folder).length == 0) {
      return null;
    }
    try {
      ResultManifest manifest = read(AtomicFile.read(fs, new Path(folder, NAME)));
      return manifest.foreign(fs, folder, hashes).stream().findFirst().orElse(null);
    } catch (FileNotFoundException e) {
      return "holds no " + NAME;
    } catch (IllegalArgumentException e) {
      return NAME + " " + e.getMessage();
    }
  }
}
