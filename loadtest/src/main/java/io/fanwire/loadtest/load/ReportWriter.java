package io.fanwire.loadtest.load;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a page for people of what a run has written. */
interface ReportWriter {
    /**
     * @param result as {@link io.fanwire.loadtest.result.ResultFile} writes it
     * @param page a file in HTML, which is replaced if it is there
     */
    void write(Path result, Path page) throws IOException;
}
