package io.fanwire.k8s;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/** The Docker of this machine, if there is one. */
final class DockerHere {
    private static final int BUILD_MINUTES = 5;

    private DockerHere() {}

    /** Where there is none, or it is not wanted, a test is skipped, and counted so. */
    static void require() {
        assumeFalse(
                "off".equals(System.getenv("FANWIRE_TEST_CONTAINERS")), "FANWIRE_TEST_CONTAINERS=off: not wanted here");
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker");
    }

    /**
     * The image of that name, made of the jars of this build. By Docker's own command: the library does not read
     * .dockerignore as Docker does.
     *
     * @param target a stage of Dockerfile
     */
    static DockerImageName image(String target) {
        String tag = "fanwire-" + target + ":load-job-test";
        ProcessBuilder build = new ProcessBuilder("docker", "build", "--quiet", "--target", target, "--tag", tag, "..");
        // The old builder is the one that is everywhere.
        build.environment().put("DOCKER_BUILDKIT", "0");
        try {
            Path said = Files.createTempFile("docker-build", ".txt");
            Process docker = build.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!docker.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) docker.destroyForcibly();
            if (docker.waitFor() != 0) throw new AssertionError(Files.readString(said));
            return DockerImageName.parse(tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a container's end, and takes any end: whoever started it looks at its exit code. */
    static final class Ended extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient docker, String id) {
            ContainerState state = getCurrentState(docker, id);
            return "exited".equals(state.getStatus()) ? StartupStatus.SUCCESSFUL : StartupStatus.NOT_YET_KNOWN;
        }
    }

    /** Does not mind if a container has ended already. */
    static final class Begun extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient docker, String id) {
            return "created".equals(getCurrentState(docker, id).getStatus())
                    ? StartupStatus.NOT_YET_KNOWN
                    : StartupStatus.SUCCESSFUL;
        }
    }
}
