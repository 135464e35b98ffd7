package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs what the README shows: an example that is not run is wrong one day. */
class ReadmeExampleTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void theExampleSubscribesPublishesAndPrintsWhatItGot() throws Exception {
        String name = compile(examples().get(0));
        try (TestNode node = TestNode.start()) {
            assertThat(run(name, node.url())).contains("offset 1: hello\n").doesNotContain("missed");
        }
    }

    @Test
    void theExampleThatGoesOnCompiles() throws Exception {
        assertThat(compile(examples().get(1))).isEqualTo("GoOn");
    }

    private static List<String> examples() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(README))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(examples).hasSize(2);
        return examples;
    }

    private String compile(String source) throws IOException {
        String name = CLASS.matcher(source)
                .results()
                .map(MatchResult::group)
                .map(declaration -> declaration.substring("public class ".length()))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, complaints, complaints, "-Xlint:all", "-d", folder.toString(), file.toString());
        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(result).isZero();
        return name;
    }

    private String run(String name, String url) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[] {url});
        } catch (InvocationTargetException e) {
            throw new AssertionError("the example failed", e.getCause());
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
