package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relupath.spark.config.Reference;

/** Options that the text of the README and of the guide names, outside its commands, exist. */
class GuideOptionsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern CODE = Pattern.compile("`[^`\n]+`");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z-]*)");

  /** Options of every command, and of spark-submit. */
  private static final Set<String> OTHERS =
      Set.of("config", "help", "set", "jars", "packages", "properties-file");

  @Test
  void optionsExist() throws IOException {
    Set<String> keys = Reference.load().keys();
    Set<String> unknown = new TreeSet<>();
    int named = 0;
    for (Path page : pages()) {
      for (MatchResult code : CODE.matcher(Files.readString(page)).results().toList()) {
        for (MatchResult option : OPTION.matcher(code.group()).results().toList()) {
          named++;
          if (!keys.contains(option.group(1)) && !OTHERS.contains(option.group(1))) {
            unknown.add(page.getFileName() + ": " + option.group());
          }
        }
      }
    }
    assertThat(named).isGreaterThan(100);
    assertThat(unknown).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String folder : List.of("core/docs", "spark-jobs/docs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files.filter(one -> one.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
