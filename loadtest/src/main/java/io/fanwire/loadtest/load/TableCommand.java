package io.fanwire.loadtest.load;

import io.fanwire.loadtest.Version;
import io.fanwire.loadtest.report.FaultTable;
import io.fanwire.loadtest.result.ResultFile;
import io.fanwire.loadtest.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns results of chaos into a table for documents. */
@Command(
        name = "table",
        description = {
            "Prints a table in Markdown of the files that chaos wrote with --json: a row for each plan, with what",
            "became of its messages, and how long it took at most after a fault until everybody had everything again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TableCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "RESULT.json", description = "Files that runs wrote with --json.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        List<RunResult> runs = files.stream().map(this::read).toList();
        FaultTable.of(runs).forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private RunResult read(Path file) {
        try {
            RunResult run = ResultFile.read(file);
            if (run.account() != null) return run;
            throw wrong(file + " is of " + run.scenario() + ", which accounts for no messages");
        } catch (IOException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
