package io.fanwire.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A port with TLS before one without: what stunnel would be. Its certificate is its own, and nobody's else. */
final class TlsDoor implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final SSLServerSocket server;
    private final int target;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    /** @param folder for its certificate, which has to be deleted with it */
    TlsDoor(Path folder, int target) {
        this.folder = folder;
        this.target = target;
        try {
            server = listen(certificate(folder));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        start(this::accept);
    }

    String uri() {
        return "rediss://localhost:" + server.getLocalPort();
    }

    /** JVM options with which its certificate is trusted. */
    String trustedBy() {
        return "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12") + " -Djavax.net.ssl.trustStorePassword="
                + PASSWORD;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.addAll(List.of(client, redis));
            start(() -> pass(client, redis));
            start(() -> pass(redis, client));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                out.flush();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of its ends is gone, or refused the other's certificate: the test sees what that does.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static SSLServerSocket listen(KeyStore own) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static KeyStore certificate(Path folder) throws GeneralSecurityException, IOException {
        Path file = folder.resolve("own.p12");
        keytool(List.of(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                file.toString()));
        KeyStore own = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("own", own.getCertificate("own"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return own;
    }

    /** The JDK has no other way to make a certificate that is part of its API. */
    private static void keytool(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(options);
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process keytool = new ProcessBuilder(command).inheritIO().start();
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0)
                throw new IllegalStateException("keytool made no certificate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
