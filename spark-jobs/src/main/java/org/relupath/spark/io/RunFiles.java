package org.relupath.spark.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The small files of a folder that an earlier command left, on any file system Hadoop reaches. */
public final class RunFiles {
  private final String option;
  private final Path folder;
  private final FileSystem fs;
  private final Configuration hadoop;

  private RunFiles(String option, Path folder, FileSystem fs, Configuration hadoop) {
    this.option = option;
    this.folder = folder;
    this.fs = fs;
    this.hadoop = hadoop;
  }

  /**
   * Looks at a folder.
   *
   * @param option the option that named it, for messages
   * @param folder the folder
   * @throws BadInputException if there is no such folder
   */
  public static RunFiles open(String option, String folder, Configuration hadoop) {
    try {
      Path path = new Path(folder);
      FileSystem fs = path.getFileSystem(hadoop);
      if (!fs.exists(path) || !fs.getFileStatus(path).isDirectory()) {
        throw new BadInputException(option + " " + folder + ": no such folder");
      }
      return new RunFiles(option, path, fs, hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(option + " " + folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Refuses an output folder that would take the place of this one, or of a folder around it.
   *
   * @param output the folder that results go to
   */
  public void refuseReplacing(String output) {
    OutputDirectory.refuseReplacing(output, option, folder.toString(), hadoop);
  }

  /** A file's full path. */
  public String path(String name) {
    return new Path(folder, name).toString();
  }

  /** Whether there is such a file or folder. */
  public boolean has(String name) {
    try {
      return fs.exists(new Path(folder, name));
    } catch (IOException e) {
      throw refusal(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The text of a file. */
  public String text(String name) {
    try (InputStream in = fs.open(new Path(folder, name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw refusal("holds no " + name + ", expected the folder of a fit or path", e);
    } catch (IOException e) {
      throw refusal(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A json file. */
  public JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(text(name));
    } catch (JsonProcessingException e) {
      throw refusal(name + " is not json", e);
    }
  }

  /** A refusal that names the option and the folder. */
  public BadInputException refusal(String problem, Exception cause) {
    return new BadInputException(option + " " + folder + ": " + problem, cause);
  }
}
