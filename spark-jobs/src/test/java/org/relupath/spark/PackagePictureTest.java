package org.relupath.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pictures of the packages in the architecture page are those of the code: an arrow from each
 * package to those that it uses, but for what follows from others.
 */
class PackagePictureTest {
  private static final Path PAGE = Path.of("..", "spark-jobs/docs/architecture.md");
  private static final String ROOT = "org.relupath.";
  private static final Pattern PICTURE = Pattern.compile("(?s)```mermaid\n.*?```\n");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.relupath");

  @ParameterizedTest
  @ValueSource(strings = {"core", "spark"})
  void isThatOfTheCode(String module) throws IOException {
    StringBuilder picture = new StringBuilder("```mermaid\nflowchart TD\n");
    Map<String, Set<String>> uses = uses(module);
    uses.forEach(
        (from, all) ->
            all.stream()
                .filter(to -> !follows(uses, from, to))
                .forEach(
                    to ->
                        picture.append("  ").append(from).append(" --> ").append(to).append('\n')));
    picture.append("```\n");
    assertThat(PICTURE.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
        .contains(picture.toString());
  }

  @Test
  void everyPackageIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    for (JavaClass one : CLASSES) {
      String name = one.getPackageName().replaceFirst("org\\.relupath\\.(core|spark)\\.", "");
      assertThat(page).contains("| `" + name + "` |");
    }
  }

  /** What each package of a module uses; of the other module all packages are one. */
  private static Map<String, Set<String>> uses(String module) {
    String own = ROOT + module + ".";
    UnaryOperator<String> name =
        place -> place.startsWith(own) ? place.substring(own.length()) : "core";
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass one : CLASSES) {
      if (!one.getPackageName().startsWith(own)) {
        continue;
      }
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith(ROOT) && !target.equals(one.getPackageName())) {
          uses.computeIfAbsent(name.apply(one.getPackageName()), key -> new TreeSet<>())
              .add(name.apply(target));
        }
      }
    }
    return uses;
  }

  /** Whether another package that the first one uses leads to the second, and not back. */
  private static boolean follows(Map<String, Set<String>> uses, String from, String to) {
    return uses.get(from).stream()
        .filter(between -> !between.equals(to))
        .map(between -> reached(uses, between))
        .anyMatch(reached -> reached.contains(to) && !reached.contains(from));
  }

  private static Set<String> reached(Map<String, Set<String>> uses, String from) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(Set.of(from));
    while (!next.isEmpty()) {
      for (String to : uses.getOrDefault(next.pop(), Set.of())) {
        if (reached.add(to)) {
          next.push(to);
        }
      }
    }
    return reached;
  }
}
