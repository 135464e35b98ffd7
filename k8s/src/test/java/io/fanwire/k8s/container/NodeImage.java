package io.fanwire.k8s.container;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images that {@code Dockerfile} makes of the jars of this build: once per run, when the first test wants them. */
public final class NodeImage {
    private static final String ROOT =
            Path.of("..").toAbsolutePath().normalize().toString();
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(5);
    private static final Set<String> BUILT = new HashSet<>();
    private static @Nullable Boolean answers;

    private NodeImage() {}

    /**
     * The tag of an image, which it makes if there is none of this run's yet. Skips the test where there is no Docker.
     *
     * @param target a stage of Dockerfile
     */
    static synchronized String of(String target) {
        requireDocker();
        String tag = "fanwire-" + target + ":k8s-test";
        if (BUILT.contains(tag)) return tag;
        build(tag, target);
        BUILT.add(tag);
        return tag;
    }

    /** Skips the test, visibly, where no containers are wanted ({@code -Dfanwire.test.containers=off}) or none can be. */
    public static synchronized void requireDocker() {
        // A property: nodes that tests start as processes would refuse a variable that is no setting.
        assumeFalse("off".equals(System.getProperty("fanwire.test.containers")), "fanwire.test.containers is off");
        if (answers == null) answers = Docker.answers();
        assumeTrue(answers, "no Docker answers here");
    }

    /**
     * Makes an image anew.
     *
     * @param target a stage of Dockerfile
     */
    static void build(String tag, String target, String... options) {
        Docker.expect(
                BUILD_TIMEOUT,
                Stream.of(
                                Stream.of("build", "--quiet", "--target", target, "--tag", tag),
                                Stream.of(options),
                                Stream.of(ROOT))
                        .flatMap(each -> each)
                        .toList());
    }
}
