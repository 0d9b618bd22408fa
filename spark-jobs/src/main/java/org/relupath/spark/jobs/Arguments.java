package org.relupath.spark.jobs;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.run.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A parsed command line, its values still text.
 *
 * @param options option values by key
 * @param sets the values of --set, in order, each key=value
 * @param configFile the value of --config, or null
 */
record Arguments(
    Command command, Map<String, String> options, List<String> sets, String configFile) {

  /**
   * Parses a command line.
   *
   * @return null if help or the version was asked for and has been printed
   * @throws BadInputException naming the argument that is wrong
   */
  static Arguments parse(
      String[] args, List<Command> commands, Reference reference, PrintStream out) {
    CommandLine parser =
        parser(commands, reference)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    ParseResult result;
    try {
      result = parser.parseArgs(args);
    } catch (CommandLine.UnmatchedArgumentException e) {
      throw new BadInputException(unmatched(e, commands), e);
    } catch (CommandLine.ParameterException e) {
      throw new BadInputException(e.getMessage(), e);
    }
    if (CommandLine.printHelpIfRequested(result)) {
      return null;
    }
    if (!result.hasSubcommand()) {
      throw new BadInputException(
          "no command, expected one of " + names(commands) + " (--help tells more)");
    }
    return arguments(result.subcommand(), commands);
  }

  /** The configuration that these arguments make over the command's preset and reference.conf. */
  ResolvedConfig resolve(Reference reference) {
    return ResolvedConfig.of(reference, options, sets, configFile, command.defaults());
  }

  /** The checked settings of a configuration, with all that the command needs. */
  RunSettings settings(ResolvedConfig config) {
    return RunSettings.of(command.name(), command.required(), config);
  }

  private static Arguments arguments(ParseResult result, List<Command> commands) {
    String name = result.commandSpec().name();
    Command command =
        commands.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    Map<String, String> options = new LinkedHashMap<>();
    for (OptionSpec option : result.matchedOptions()) {
      String key = option.longestName().substring(2);
      if (command.keys().contains(key)) {
        options.put(key, option.stringValues().get(0));
      }
    }
    List<String> sets = result.matchedOptionValue("--set", List.of());
    return new Arguments(command, options, sets, result.matchedOptionValue("--config", null));
  }

  private static CommandLine parser(List<Command> commands, Reference reference) {
    CommandSpec root = withHelp(CommandSpec.create().name("relupath"));
    root.usageMessage()
        .width(110)
        .description(
            "Globally optimal two-layer ReLU networks and their regularization paths, on Spark.")
        .footer("", "What follows a bare -- goes to spark-submit.");
    for (Command command : commands) {
      root.addSubcommand(command.name(), subcommand(command, reference));
    }
    return new CommandLine(root)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setAllowSubcommandsAsOptionParameters(true);
  }

  private static CommandSpec subcommand(Command command, Reference reference) {
    CommandSpec spec = withHelp(CommandSpec.create());
    spec.usageMessage().width(110).description(command.description()).sortOptions(false);
    Config preset = command.defaults();
    for (String key : command.keys()) {
      String needed = command.required().contains(key) ? " Needed." : "";
      OptionSpec.Builder option =
          OptionSpec.builder(command.options(key))
              .type(String.class)
              .description(escape(reference.help(key, preset) + needed));
      if (reference.valueName(key).equals(Reference.FLAG)) {
        option.arity("0").fallbackValue("true").type(boolean.class);
      } else {
        option.arity("1").paramLabel(reference.valueName(key));
      }
      spec.addOption(option.build());
    }
    spec.addOption(
        OptionSpec.builder("--config")
            .type(String.class)
            .arity("1")
            .paramLabel("FILE")
            .description("A configuration file; options and --set win over it.")
            .build());
    spec.addOption(
        OptionSpec.builder("--set")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel("KEY=VALUE")
            .description("Sets any key of reference.conf; may be repeated.")
            .build());
    return spec;
  }

  /** Written out: picocli's own options rely on variables, which help texts must not expand. */
  private static CommandSpec withHelp(CommandSpec spec) {
    return spec.version(Versions.describe())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this text.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version.")
                .build());
  }

  private static String unmatched(
      CommandLine.UnmatchedArgumentException e, List<Command> commands) {
    String first = e.getUnmatched().get(0);
    boolean atTop = e.getCommandLine().getParent() == null;
    return atTop && !first.startsWith("-")
        ? "unknown command '" + first + "', expected one of " + names(commands)
        : e.getMessage();
  }

  private static String escape(String text) {
    return text.replace("%", "%%");
  }

  private static String names(List<Command> commands) {
    return String.join(", ", commands.stream().map(Command::name).toList());
  }
}
