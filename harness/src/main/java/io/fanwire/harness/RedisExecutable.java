package io.fanwire.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis server that can be run.
 *
 * @param path the executable
 * @param description where it comes from and its version, for a user to read
 * @param temporary it was unpacked for this run, and is to be deleted afterwards
 */
record RedisExecutable(Path path, String description, boolean temporary) {
    private static final List<String> NAMES = List.of("redis-server", "valkey-server");
    private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

    /** @throws HarnessException if the {@code PATH} has none */
    static RedisExecutable installed() {
        for (String name : NAMES) {
            var found = SearchPath.find(name);
            if (found.isPresent()) return installed(found.get());
        }
        throw new HarnessException("no redis-server or valkey-server is installed");
    }

    /** @throws HarnessException if the library has none for this machine */
    static RedisExecutable bundled() {
        String resource = bundledResource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream in = RedisExecutable.class.getResourceAsStream("/" + resource)) {
            if (in == null) throw new HarnessException("the bundled Redis (" + resource + ") is not on the class path");
            Path file = Files.createTempFile("fanwire-redis-server-", "");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            if (!file.toFile().setExecutable(true, true))
                throw new HarnessException(file + " can't be made executable");
            return new RedisExecutable(file, "bundled " + version(resource, "redis-server-(\\d+\\.\\d+\\.\\d+)"), true);
        } catch (IOException e) {
            throw new HarnessException("the bundled Redis can't be unpacked: " + e.getMessage(), e);
        }
    }

    /** The library's file for a machine; the names are those of embedded-redis. */
    static String bundledResource(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        boolean x64 = osArch.equals("amd64") || osArch.equals("x86_64");
        if (os.startsWith("linux") && arm) return "redis-server-6.2.7-linux-arm64";
        if (os.startsWith("linux") && x64) return "redis-server-6.2.6-v5-linux-amd64";
        if (os.startsWith("linux")) return "redis-server-6.2.7-linux-386";
        if (os.startsWith("mac") && arm) return "redis-server-6.2.6-v5-darwin-arm64";
        if (os.startsWith("mac")) return "redis-server-6.2.6-v5-darwin-amd64";
        throw new HarnessException("no Redis is bundled for " + osName + " on " + osArch + "; install redis-server");
    }

    void deleteIfTemporary() {
        if (!temporary) return;
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new HarnessException(path + " can't be deleted: " + e.getMessage(), e);
        }
    }

    private static RedisExecutable installed(Path path) {
        String output = CommandOutput.of(List.of(path.toString(), "--version"));
        return new RedisExecutable(path, "installed " + path + " " + version(output, VERSION.pattern()), false);
    }

    private static String version(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "of unknown version";
    }
}
