package org.relupath.spark.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A file or folder of observations whose existence, format and header line were checked, without
 * Spark: most mistakes are told before a session starts.
 *
 * @param path as the user gave it
 * @param files the data files in canonical order, as full paths
 * @param format how to read them
 * @param header the column names of a csv; empty for formats that hold them inside or have none
 */
public record Source(String path, List<String> files, TableFormat format, List<String> header) {

  /** Copies the lists. */
  public Source {
    files = List.copyOf(files);
    header = List.copyOf(header);
  }

  /**
   * Looks at a path.
   *
   * @param option the option that named it, for messages
   * @param path a file or folder
   * @param format what the user says it is, or null to go by the extension
   * @param hadoop how to reach file systems
   */
  public static Source open(String option, String path, TableFormat format, Configuration hadoop) {
    String named = option + " " + path;
    try {
      Path root = new Path(path);
      FileSystem fs = root.getFileSystem(hadoop);
      if (!fs.exists(root)) {
        throw new BadInputException(named + ": no such file or folder");
      }
      boolean folder = fs.getFileStatus(root).isDirectory();
      List<FileStatus> files = folder ? dataFiles(fs, root) : List.of(fs.getFileStatus(root));
      TableFormat chosen = format != null ? format : guess(named, root, folder, files);
      if (files.isEmpty()) {
        throw new BadInputException(named + ": the folder holds no data files");
      }
      if (files.stream().allMatch(file -> file.getLen() == 0)) {
        throw new BadInputException(
            named
                + ": the file is empty"
                + (chosen == TableFormat.CSV ? ", expected a header line and rows" : ""));
      }
      List<String> header =
          chosen == TableFormat.CSV ? header(named, fs, files, hadoop) : List.<String>of();
      return new Source(
          path, files.stream().map(file -> file.getPath().toString()).toList(), chosen, header);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(named + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<FileStatus> dataFiles(FileSystem fs, Path folder) throws IOException {
    return Arrays.stream(fs.listStatus(folder))
        .filter(FileStatus::isFile)
        .filter(file -> !file.getPath().getName().startsWith("_"))
        .filter(file -> !file.getPath().getName().startsWith("."))
        .sorted(Comparator.comparing(file -> file.getPath().getName()))
        .toList();
  }

  private static TableFormat guess(
      String named, Path root, boolean folder, List<FileStatus> files) {
    if (folder) {
      boolean parquet =
          !files.isEmpty()
              && files.stream()
                  .allMatch(
                      file -> TableFormat.ofName(file.getPath().getName()) == TableFormat.PARQUET);
      if (!parquet) {
        throw new BadInputException(
            named + ": a folder must hold parquet files and nothing else (or say --format)");
      }
      return TableFormat.PARQUET;
    }
    TableFormat format = TableFormat.ofName(root.getName());
    if (format == null) {
      throw new BadInputException(
          named
              + ": the extension tells no format, expected .csv, .csv.gz, .parquet, .libsvm or"
              + " --format");
    }
    return format;
  }

  private static List<String> header(
      String named, FileSystem fs, List<FileStatus> files, Configuration hadoop)
      throws IOException {
    List<String> first = null;
    for (FileStatus file : files) {
      String line = firstLine(fs, file.getPath(), hadoop);
      if (line == null && files.size() > 1) {
        continue;
      }
      if (line == null || line.isBlank()) {
        throw new BadInputException(named + ": the first line is blank, expected column names");
      }
      List<String> names = CsvLine.cells(line);
      if (first == null) {
        first = names;
        checkNames(named, names);
      } else if (!names.equals(first)) {
        throw new BadInputException(
            named
                + ": the header of "
                + file.getPath().getName()
                + " differs from that of the first file");
      }
    }
    return first;
  }

  private static void checkNames(String named, List<String> names) {
    Set<String> seen = new HashSet<>();
    List<String> numeric = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      String name = names.get(k);
      if (name.isEmpty()) {
        throw new BadInputException(named + ": column " + (k + 1) + " has no name in the header");
      }
      if (!seen.add(name)) {
        throw new BadInputException(
            named
                + ": two columns are named '"
                + name
                + "' (column "
                + (names.indexOf(name) + 1)
                + " and "
                + (k + 1)
                + "), expected distinct names");
      }
      if (name.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
        numeric.add(name);
      }
    }
    if (numeric.size() == names.size()) {
      throw new BadInputException(
          named + ": the first line is all numbers, expected a header with column names");
    }
  }

  private static String firstLine(FileSystem fs, Path file, Configuration hadoop)
      throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream raw = fs.open(file);
        InputStream plain = codec == null ? raw : codec.createInputStream(raw);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      return line == null ? null : withoutMark(line);
    }
  }

  /** A line without the byte order mark that some editors put first. */
  static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
