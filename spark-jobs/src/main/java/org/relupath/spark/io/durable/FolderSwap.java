package org.relupath.spark.io.durable;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole result taking its place, and the place of an earlier one.
 *
 * <p>Without an earlier one it is one rename. With one it is two, and a removal: the earlier result
 * becomes {@code .NAME.old-ID}, the new one NAME, and then the earlier one goes. Whoever stops in
 * between leaves either of them under the name, or NAME missing beside {@code .NAME.old-ID}, which
 * {@link #repair} gives its name back. Only the holder of the lease does either.
 *
 * @param place the output folder
 * @param moves how folders are moved
 */
record FolderSwap(OutputPlace place, FolderMoves moves) {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSwap.class);
  private static final String OLD = ".old-";
  private static final String STAGING = ".staging-";

  /** What ends the name of a neighbour that this version made: those of others are left alone. */
  private static final String ID = "[0-9]+-[0-9a-f]{16}";

  /** Where a holder writes a result that is to take this place. */
  Path staging(String id) {
    return place.neighbour(STAGING + id);
  }

  /**
   * Puts a folder in place.
   *
   * @param staging the folder, with its manifest
   * @param overwrite whether it may take the place of an earlier result
   * @param id ends the name that the earlier result has meanwhile
   * @throws IOException if the name was taken meanwhile; the folder is where it was, and so is what
   *     took the name
   */
  void run(Path staging, boolean overwrite, String id) throws IOException {
    Path target = place.target();
    if (!place.exists()) {
      take(staging, target);
      return;
    }
    if (!overwrite) {
      throw new OutputException(place.named() + ": appeared while the run was under way", null);
    }
    String problem = ResultManifest.irreplaceable(place.fs(), target, true);
    if (problem != null) {
      throw new OutputException(place.named() + ": " + problem + ", since the run began", null);
    }
    Path old = place.neighbour(OLD + id);
    moves.move(target, old);
    try {
      take(staging, target);
    } catch (IOException e) {
      giveBack(old, target, e);
      throw e;
    }
    try {
      removeOld(old);
    } catch (IOException e) {
      // The result is in place; the next run of this name tries again.
      LOG.warn("{} could not be removed", old, e);
    }
  }

  private void take(Path staging, Path target) throws IOException {
    try {
      moves.move(staging, target);
    } catch (IOException e) {
      String why = place.exists() ? "appeared while the run was under way" : e.getMessage();
      throw new OutputException(place.named() + ": " + why, e);
    }
  }

  private void giveBack(Path old, Path target, IOException cause) {
    try {
      moves.move(old, target);
    } catch (IOException e) {
      cause.addSuppressed(new IOException("the earlier result is kept in " + old, e));
    }
  }

  /** What was added to the earlier result in the last moment is nobody's to remove. */
  private void removeOld(Path old) throws IOException {
    if (ResultManifest.irreplaceable(place.fs(), old, false) == null) {
      // Under a name that says so: half of it is no earlier result any more.
      String id = old.getName().substring(place.neighbour(OLD).getName().length());
      moves.move(old, staging(id));
      moves.delete(staging(id));
    }
  }

  /** Removes what dead holders were writing, and puts right what they were moving. */
  void repair() throws IOException {
    for (FileStatus file : neighbours()) {
      String name = file.getPath().getName();
      if (isOf(name, STAGING)) {
        moves.delete(file.getPath());
      } else if (isOf(name, OLD)) {
        if (!place.exists()) {
          moves.move(file.getPath(), place.target());
        } else {
          removeOld(file.getPath());
        }
      }
    }
  }

  /** Whether a dead holder left an earlier result under another name. */
  boolean leftOld() throws IOException {
    return Stream.of(neighbours()).anyMatch(file -> isOf(file.getPath().getName(), OLD));
  }

  private FileStatus[] neighbours() throws IOException {
    Path parent = place.target().getParent();
    return place.fs().exists(parent) ? place.fs().listStatus(parent) : new FileStatus[0];
  }

  private boolean isOf(String name, String kind) {
    String prefix = place.neighbour(kind).getName();
    return name.startsWith(prefix) && name.substring(prefix.length()).matches(ID);
  }
}
