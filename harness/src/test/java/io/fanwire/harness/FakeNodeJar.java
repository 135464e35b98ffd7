package io.fanwire.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar whose main class is {@link FakeNode}. */
final class FakeNodeJar {
    private static final String CLASS_FILE = FakeNode.class.getName().replace('.', '/') + ".class";

    private FakeNodeJar() {}

    static Path in(Path directory) throws IOException {
        Path jar = directory.resolve("fake-node.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeNode.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file, manifest);
                var in = FakeNode.class.getResourceAsStream("/" + CLASS_FILE)) {
            out.putNextEntry(new JarEntry(CLASS_FILE));
            in.transferTo(out);
        }
        return jar;
    }
}
