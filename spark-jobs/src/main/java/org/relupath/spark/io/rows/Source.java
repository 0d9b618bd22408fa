package org.relupath.spark.io.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.cells.Wanted;

/**
 * A file or folder of observations whose existence, format and columns were checked, without Spark:
 * most mistakes are refused before a session starts.
 *
 * @param named how messages call it: the option and the name
 * @param path as the user gave it
 * @param parts the files in canonical order, by their names
 * @param format how to read them
 * @param header the column names of the first; empty for a format without names
 * @param text how a csv is written
 */
public record Source(
    String named,
    String path,
    List<SourcePart> parts,
    TableFormat format,
    List<String> header,
    TableFormat.Text text) {
  /**
   * What a reader must know of the rows, wherever it runs.
   *
   * @param header all columns
   * @param columns the wanted ones
   * @param delimiter between the cells of a csv
   * @param named whether the first line of a csv is the header
   * @param sparse whether zeros of a libsvm file are not kept
   */
  record Layout(
      TableFormat format,
      List<String> header,
      Columns columns,
      char delimiter,
      boolean named,
      boolean sparse)
      implements Serializable {}

  Layout layout(Columns columns) {
    return layout(columns, false);
  }

  /**
   * What rows are.
   *
   * @param sparse whether zeros of a libsvm file are not kept
   */
  Layout layout(Columns columns, boolean sparse) {
    boolean own = sparse && format == TableFormat.LIBSVM;
    return new Layout(format, header, columns, text.delimiter(firstName()), text.header(), own);
  }

  public Source {
    parts = List.copyOf(parts);
    header = List.copyOf(header);
  }

  /** The files' full paths, in canonical order. */
  public List<String> files() {
    return parts.stream().map(part -> part.file().path()).toList();
  }

  /**
   * Looks at a path, of which a csv has a header and the delimiters of its extension.
   *
   * @see #open(String, String, TableFormat, TableFormat.Text, Configuration)
   */
  public static Source open(String option, String path, TableFormat format, Configuration hadoop) {
    return open(option, path, format, TableFormat.Text.DEFAULT, hadoop);
  }

  /**
   * Looks at a path.
   *
   * @param option the option that named it, for messages
   * @param path a file or folder
   * @param format what the user says it is, or null to go by the extension
   * @param text how a csv is written
   * @param hadoop how to reach file systems
   */
  public static Source open(
      String option, String path, TableFormat format, TableFormat.Text text, Configuration hadoop) {
    InputPath input = InputPath.of(option, path, hadoop);
    FileStatus status = input.status();
    String named = input.named();
    if (!status.isDirectory()) {
      TableFormat chosen = format != null ? format : guess(named, input.path().getName());
      if (status.getLen() == 0) {
        throw new BadInputException(
            named
                + ": the file is empty"
                + (chosen == TableFormat.CSV ? ", expected a header line and rows" : ""));
      }
      return of(named, path, List.of(DataFile.of(named, status)), chosen, text, hadoop);
    }
    List<DataFile> files = files(input);
    TableFormat chosen = format != null ? format : guess(named, files);
    if (files.isEmpty()) {
      throw new BadInputException(named + ": the folder holds no data files");
    }
    for (DataFile file : files) {
      if (file.length() == 0) {
        throw new BadInputException(
            file.named() + ": is empty, expected rows in every file of the folder");
      }
    }
    return of(named, path, files, chosen, text, hadoop);
  }

  private static Source of(
      String named,
      String path,
      List<DataFile> files,
      TableFormat format,
      TableFormat.Text text,
      Configuration hadoop) {
    List<SourcePart> parts = new ArrayList<>();
    for (DataFile file : files) {
      try {
        file.refuseOther(format, hadoop);
        parts.add(
            switch (format) {
              case CSV -> SourcePart.csv(file, text, hadoop);
              case PARQUET -> SourcePart.parquet(file, hadoop);
              case LIBSVM -> new SourcePart(file, -1, List.of());
            });
      } catch (IOException | RuntimeException e) {
        throw InputPath.failure(file.named(), e);
      }
      List<String> first = parts.get(0).names();
      if (format == TableFormat.CSV && !parts.get(parts.size() - 1).names().equals(first)) {
        throw new BadInputException(
            file.named() + ": the header differs from that of " + files.get(0).name());
      }
    }
    return new Source(named, path, parts, format, parts.get(0).names(), text);
  }

  /** The data files of a folder: all of its files, or a refusal of those that would be left out. */
  private static List<DataFile> files(InputPath folder) {
    FileStatus[] all;
    try {
      all = folder.fs().listStatus(folder.path());
    } catch (IOException | RuntimeException e) {
      throw InputPath.failure(folder.named(), e);
    }
    List<DataFile> files = new ArrayList<>();
    for (FileStatus file : all) {
      String name = file.getPath().getName();
      String named = folder.named() + "/" + name;
      if (!file.isFile()) {
        throw new BadInputException(named + ": is a folder, expected files of rows alone");
      }
      if (name.startsWith("_") || name.startsWith(".")) {
        if (!isBookkeeping(name, file.getLen())) {
          throw new BadInputException(
              ("%s: begins with '%s' as files do that are not rows, expected another name or "
                      + "place")
                  .formatted(named, name.charAt(0)));
        }
      } else {
        files.add(DataFile.of(named, file));
      }
    }
    files.sort(Comparator.comparing(DataFile::name));
    return files;
  }

  /** What writers of tables and systems leave beside rows. */
  private static boolean isBookkeeping(String name, long length) {
    return (length == 0 && name.startsWith("_"))
        || (name.startsWith(".") && name.endsWith(".crc"))
        || Set.of("_SUCCESS", "_metadata", "_common_metadata", ".DS_Store").contains(name)
        || name.startsWith("_committed_")
        || name.startsWith("_started_");
  }

  private static TableFormat guess(String named, List<DataFile> files) {
    boolean parquet =
        !files.isEmpty()
            && files.stream()
                .allMatch(file -> TableFormat.ofName(file.name()) == TableFormat.PARQUET);
    if (!parquet) {
      throw new BadInputException(
          named + ": a folder must hold parquet files and nothing else (or say --format)");
    }
    return TableFormat.PARQUET;
  }

  private static TableFormat guess(String named, String name) {
    TableFormat format = TableFormat.ofName(name);
    if (format == null) {
      throw new BadInputException(
          named
              + ": the extension tells no format, expected .csv, .tsv, .csv.gz, .parquet, .libsvm or"
              + " --format");
    }
    return format;
  }

  /**
   * Refuses parts that lack wanted columns or hold no numbers in them; all such columns at once.
   *
   * @param columns the wanted ones
   * @param all whether they are all that the first part has
   */
  void require(Columns columns, boolean all) {
    Map<String, CellType> wanted =
        columns.wanted().stream().collect(Collectors.toMap(Wanted::name, Wanted::type));
    Set<String> first = new HashSet<>(header);
    List<String> others = new ArrayList<>();
    for (SourcePart part : parts) {
      Set<String> names = new LinkedHashSet<>(part.names());
      for (String name : columns.all()) {
        if (!names.contains(name)) {
          throw new BadInputException(
              part.file().named() + ": has no column '" + name + "' as " + firstName() + " has");
        }
      }
      for (String name : all ? names : Set.<String>of()) {
        if (!first.contains(name)) {
          throw new BadInputException(
              "%s: has a column '%s', which %s has not (--features leaves it out)"
                  .formatted(part.file().named(), name, firstName()));
        }
      }
      for (SourcePart.NamedColumn column : part.columns()) {
        if (!column.fits(wanted.get(column.name()))) {
          others.add("column '" + column.name() + "' is of type " + column.type());
        }
      }
      if (!others.isEmpty()) {
        throw new BadInputException(
            "%s: %s, expected numbers (--drop leaves a column out)"
                .formatted(part.file().named(), Columns.shown(others)));
      }
    }
  }

  private String firstName() {
    return parts.get(0).file().name();
  }
}
