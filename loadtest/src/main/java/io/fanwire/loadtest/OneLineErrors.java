package io.fanwire.loadtest;

import io.fanwire.loadtest.scenario.ScenarioException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Tells what went wrong in one line, and whether it was the use (exit code 2), the run (1), or the load tool itself (3).
 */
public final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + oneLine(wrong) + "; see " + name + " --help");
        return 2;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine(exception));
        return exception instanceof ScenarioException known ? known.fault().exitCode() : 1;
    }

    private static String oneLine(Exception exception) {
        String message = exception.getMessage();
        return (message == null ? exception.toString() : message).strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
