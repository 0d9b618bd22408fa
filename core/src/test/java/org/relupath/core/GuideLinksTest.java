package org.relupath.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is cited is there: pages of the guide and their headings, from Java sources and from
 * other pages; and the source files that pages name.
 */
class GuideLinksTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PLACES = List.of("core", "spark-jobs", ".github", ".ci");

  /** A page in a source, by its path from the root, with a heading or without. */
  private static final Pattern CITATION = Pattern.compile("([\\w./-]+\\.md)(?:#([\\w-]+))?");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern SOURCE = Pattern.compile("\\b([A-Z]\\w+\\.java)\\b");

  /** Written by the reader, from the page. */
  private static final String EXAMPLE = "Example.java";

  @Test
  void sourcesCitePagesThatAreThere() throws IOException {
    List<String> dead = new ArrayList<>();
    int citations = 0;
    for (Path source : files(".java")) {
      for (MatchResult cited : matches(CITATION, source)) {
        citations++;
        check(ROOT.resolve(cited.group(1)), cited.group(2), source, dead);
      }
    }
    assertThat(dead).isEmpty();
    assertThat(citations).isPositive();
  }

  @Test
  void linksOfPagesLeadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : files(".md")) {
      for (MatchResult link : matches(LINK, page)) {
        String target = link.group(1);
        if (!target.startsWith("http")) {
          Path file = target.isEmpty() ? page : page.getParent().resolve(target).normalize();
          check(file, link.group(2), page, dead);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageOfTheGuideIsInTheReadme() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(files(".md"))
        .filteredOn(page -> page.getParent().getFileName().toString().equals("docs"))
        .isNotEmpty()
        .allMatch(page -> readme.contains("(" + text(ROOT.relativize(page)) + ")"));
  }

  @Test
  void pagesNameSourcesThatAreThere() throws IOException {
    Set<String> sources =
        files(".java").stream()
            .map(source -> source.getFileName().toString())
            .collect(Collectors.toSet());
    List<String> gone = new ArrayList<>();
    for (Path page : files(".md")) {
      for (MatchResult named : matches(SOURCE, page)) {
        if (!sources.contains(named.group(1)) && !named.group(1).equals(EXAMPLE)) {
          gone.add(ROOT.relativize(page) + ": " + named.group(1));
        }
      }
    }
    assertThat(gone).isEmpty();
  }

  private static void check(Path file, String heading, Path from, List<String> dead)
      throws IOException {
    if (!Files.exists(file) || (heading != null && !headings(file).contains(heading))) {
      String at = heading == null ? "" : "#" + heading;
      dead.add(ROOT.relativize(from) + ": " + text(ROOT.relativize(file)) + at);
    }
  }

  /** The names by which a page's headings are linked to. */
  private static List<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  private static List<MatchResult> matches(Pattern pattern, Path file) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(file));
    return matcher.results().toList();
  }

  /** All of a kind, without what builds make. */
  private static List<Path> files(String end) throws IOException {
    List<Path> found = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String place : PLACES) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(place))) {
        all.filter(file -> !text(ROOT.relativize(file)).contains("/target/")).forEach(found::add);
      }
    }
    found.removeIf(file -> !file.toString().endsWith(end));
    return found;
  }

  private static String text(Path path) {
    return path.toString().replace('\\', '/');
  }
}
