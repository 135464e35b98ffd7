package io.fanwire.node;

import picocli.CommandLine;

/** Which program this is, by its jar's manifest. */
final class Version implements CommandLine.IVersionProvider {
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fanwire " + text()};
    }
}
