package io.fanwire.loadtest.load;

import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.report.Report;
import io.fanwire.loadtest.report.Run;
import io.fanwire.loadtest.result.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns results into a page. */
@Command(
        name = "report",
        description = {
            "Turns the files of --json into one HTML page with plots, which works offline.",
            "Several are compared with the first."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {
    private static final String RESULT = ".json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "Where the page goes; an older one is replaced. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("report.html");

    @Parameters(arity = "1..*", paramLabel = "RESULT.json", description = "Files that runs wrote with --json.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        // Somebody who forgets the page's name would lose the first result.
        if (out.toString().endsWith(RESULT)) throw wrong("--out is the page, like report.html, not a result: " + out);
        write(Report.of(runs()));
        spec.commandLine().getOut().println(out + " written");
        return 0;
    }

    private List<Run> runs() {
        List<String> names = names();
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) runs.add(run(names.get(i), files.get(i)));
        return runs;
    }

    private Run run(String name, Path file) {
        try {
            return new Run(name, ResultFile.read(file));
        } catch (IOException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Those of the files, with their directories where they are needed to tell them apart. */
    private List<String> names() {
        List<String> shorts = files.stream().map(ReportCommand::shortName).toList();
        boolean distinct = new HashSet<>(shorts).size() == shorts.size();
        return distinct ? shorts : files.stream().map(Path::toString).toList();
    }

    private static String shortName(Path file) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        return name.endsWith(RESULT) ? name.substring(0, name.length() - RESULT.length()) : name;
    }

    private void write(String page) {
        try {
            Files.writeString(out, page);
        } catch (IOException e) {
            throw wrong(out + " can't be written: " + e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
