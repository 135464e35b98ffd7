package io.fanwire.k8s.container;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images that {@code Dockerfile} makes of the jars of this build: once per run, when the first test wants them. */
public final class NodeImage {
    static final String NODE = "fanwire-node:k8s-test";
    private static final String ROOT =
            Path.of("..").toAbsolutePath().normalize().toString();
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(5);
    private static @Nullable Boolean answers;
    private static boolean built;

    private NodeImage() {}

    /** Makes the image if there is none of this run's yet. Skips the test where there is no Docker. */
    static synchronized void require() {
        requireDocker();
        if (!built) build(NODE, "node");
        built = true;
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
    public static void build(String tag, String target, String... options) {
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
