package org.relupath.spark.io.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where a local path leads through, and to.
 *
 * @param links the symbolic links on the way, by where they are themselves
 * @param end where it ends, free of links; what of it is not there yet is as it was given
 */
record PathTrail(List<Path> links, Path end) {
  /** As many as Linux follows; more are a circle. */
  private static final int MOST_LINKS = 40;

  static PathTrail of(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Deque<Path> rest = new ArrayDeque<>();
    absolute.forEach(rest::add);
    List<Path> links = new ArrayList<>();
    Path at = absolute.getRoot();
    while (!rest.isEmpty()) {
      String name = rest.pop().toString();
      if (name.equals("..")) {
        at = at.getParent() == null ? at : at.getParent();
      } else if (!name.isEmpty() && !name.equals(".")) {
        Path next = at.resolve(name);
        if (Files.isSymbolicLink(next)) {
          links.add(next);
          if (links.size() > MOST_LINKS) {
            throw new IOException("too many symbolic links in " + path);
          }
          Path to = Files.readSymbolicLink(next);
          at = to.isAbsolute() ? to.getRoot() : at;
          List<Path> names = new ArrayList<>();
          to.forEach(names::add);
          for (int k = names.size() - 1; k >= 0; k--) {
            rest.push(names.get(k));
          }
        } else {
          at = next;
        }
      }
    }
    return new PathTrail(List.copyOf(links), at);
  }

  /** Whether one of these places is this folder or in it, under whatever name. */
  boolean leadsInto(Path folder) throws IOException {
    if (links.stream().anyMatch(link -> link.startsWith(folder))) {
      return true;
    }
    for (Path p = end; p != null; p = p.getParent()) {
      // A folder may have two names without any link, where it is mounted twice.
      if (p.equals(folder)
          || (Files.exists(p) && Files.exists(folder) && Files.isSameFile(p, folder))) {
        return true;
      }
    }
    return false;
  }
}
