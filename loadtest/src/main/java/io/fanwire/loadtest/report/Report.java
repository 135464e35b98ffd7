package io.fanwire.loadtest.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.List;

/** The report. Thread-safe. */
public final class Report {
    // What is missing in a hand-made file is left out: a report of the rest is better than none.
    private static final Template PAGE = Mustache.compiler()
            .withLoader(name -> new StringReader(Resource.read(name + ".html")))
            .nullValue("")
            .compile(Resource.read("report.html"));

    private Report() {}

    /**
     * A page that needs nothing but itself.
     *
     * @param runs at least one; the first is what others are compared with
     */
    public static String of(List<Run> runs) {
        return PAGE.execute(new PageView(runs));
    }
}
