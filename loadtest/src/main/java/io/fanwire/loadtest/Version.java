package io.fanwire.loadtest;

import picocli.CommandLine.IVersionProvider;

/** This build's version, as the jar's manifest has it. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"fanwire " + (version == null ? "(not from a jar)" : version)};
    }
}
