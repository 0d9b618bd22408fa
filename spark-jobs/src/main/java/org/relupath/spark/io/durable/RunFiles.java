package org.relupath.spark.io.durable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.JsonObject;

/**
 * The folder that an earlier command left, on any file system Hadoop reaches. Its manifest says
 * which files it has: what is read is compared with that, to the last byte.
 */
public final class RunFiles {
  private static final String EXPECTED = ", expected the folder as a run left it";

  private final String named;
  private final Path folder;
  private final FileSystem fs;
  private final ResultManifest manifest;

  private RunFiles(String named, Path folder, FileSystem fs, ResultManifest manifest) {
    this.named = named;
    this.folder = folder;
    this.fs = fs;
    this.manifest = manifest;
  }

  /**
   * Reads the manifest and looks for the files that it lists.
   *
   * @param option the option that named the folder, for messages
   * @throws BadInputException if there is no such folder, it has no manifest, or a file is missing
   */
  public static RunFiles open(String option, String folder, Configuration hadoop) {
    String named = option + " " + folder;
    try {
      InputPath input = InputPath.of(option, folder, hadoop);
      Path path = input.path();
      FileSystem fs = AtomicFile.beneath(input.fs());
      if (!fs.exists(path)) {
        repair(named, folder, hadoop);
      }
      if (!fs.exists(path) || !fs.getFileStatus(path).isDirectory()) {
        throw new BadInputException(named + ": no such folder");
      }
      RunFiles files = new RunFiles(named, path, fs, manifest(named, fs, path));
      files.requireComplete();
      return files;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(named + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** A run that was killed while it replaced the folder may have left it under another name. */
  private static void repair(String named, String folder, Configuration hadoop) throws IOException {
    try {
      OutputPlace place = OutputPlace.of(folder, List.of(), hadoop);
      FolderSwap swap = new FolderSwap(place, FolderMoves.of(place.fs()));
      if (swap.leftOld()) {
        CheckpointFolder.open(place, CheckpointFolder.Mode.RESUME, swap, hadoop).close();
      }
    } catch (BadInputException e) {
      throw new BadInputException(named + ": no such folder (" + e.getMessage() + ")", e);
    }
  }

  private static ResultManifest manifest(String named, FileSystem fs, Path folder)
      throws IOException {
    try {
      return ResultManifest.read(AtomicFile.read(fs, new Path(folder, ResultManifest.NAME)));
    } catch (FileNotFoundException e) {
      throw new BadInputException(
          named + ": holds no " + ResultManifest.NAME + ", expected the folder of a run", e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(named + ": " + ResultManifest.NAME + " " + e.getMessage(), e);
    }
  }

  private void requireComplete() throws IOException {
    for (Map.Entry<String, ResultManifest.Listed> file : manifest.files().entrySet()) {
      Path path = new Path(folder, file.getKey());
      if (!fs.exists(path)) {
        throw refusal("lacks " + file.getKey() + EXPECTED, null);
      }
      if (fs.getFileStatus(path).getLen() != file.getValue().bytes()) {
        throw changed(file.getKey());
      }
    }
  }

  /** Refuses a folder in which any file is another, or is not listed. */
  void requireWhole() throws IOException {
    for (String difference : manifest.differences(fs, folder)) {
      throw refusal(difference + EXPECTED, null);
    }
  }

  private BadInputException changed(String name) {
    return refusal(name + " is not what the run wrote" + EXPECTED, null);
  }

  /** The files that the run took rows from, as they were named then. */
  public List<String> inputs() {
    return manifest(
        manifest ->
            Stream.of("input", "valid", "test")
                .map(manifest::textOrNull)
                .filter(Objects::nonNull)
                .toList());
  }

  /** What the run was made from. */
  public <T> T manifest(Function<JsonObject, T> read) {
    return checked(ResultManifest.NAME, () -> read.apply(manifest.fields()));
  }

  /** Whether the run has such a file or folder. */
  public boolean has(String name) {
    return !manifest.files().subMap(name + "/", name + "0").isEmpty()
        || manifest.files().containsKey(name);
  }

  private ResultManifest.Listed listed(String name) {
    ResultManifest.Listed listed = manifest.files().get(name);
    if (listed == null) {
      throw refusal("holds no " + name + ", expected the folder of a fit or path", null);
    }
    return listed;
  }

  /** The text of a file. */
  public String text(String name) {
    ResultManifest.Listed listed = listed(name);
    try (InputStream in = fs.open(new Path(folder, name))) {
      byte[] bytes = in.readAllBytes();
      if (!Fingerprint.of(bytes).equals(listed.sha256())) {
        throw changed(name);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refusal(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * What a json file says.
   *
   * @param read may fail as {@link JsonObject} does
   */
  public <T> T json(String name, Function<JsonObject, T> read) {
    String text = text(name);
    return checked(name, () -> read.apply(JsonObject.of(Json.parse(text))));
  }

  /**
   * Reads; what is malformed is refused by the name of the file.
   *
   * @param reading throws an IllegalArgumentException that says what is malformed, going on after
   *     the file's name
   */
  public <T> T checked(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (BadInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw refusal(name + " " + e.getMessage(), e);
    }
  }

  /** The data files of a parquet table, as full paths: those that the run wrote, and no others. */
  public String[] table(String name) {
    if (!has(name)) {
      throw refusal("holds no " + name + ", expected the folder of a fit or path", null);
    }
    try {
      Path table = new Path(folder, name);
      List<String> parts = new ArrayList<>();
      for (FileStatus file : fs.listStatus(table)) {
        String part = name + "/" + file.getPath().getName();
        ResultManifest.Listed listed = manifest.files().get(part);
        if (listed == null) {
          throw refusal("holds " + part + ", which is no part of the run" + EXPECTED, null);
        }
        if (!listed.matches(fs, file)) {
          throw changed(part);
        }
        if (part.endsWith(".parquet")) {
          parts.add(file.getPath().toString());
        }
      }
      return parts.toArray(new String[0]);
    } catch (IOException e) {
      throw refusal(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A refusal that names the option and the folder. */
  public BadInputException refusal(String problem, Exception cause) {
    return new BadInputException(named + ": " + problem, cause);
  }
}
