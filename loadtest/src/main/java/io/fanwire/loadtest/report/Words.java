package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.Verdict;
import java.util.Locale;

/**
 * A verdict for somebody who does not know the tool.
 *
 * @param kind for the style sheet
 */
record Words(String kind, String title, String meaning) {
    static Words of(Verdict verdict) {
        String kind = verdict.name().toLowerCase(Locale.ROOT);
        return switch (verdict) {
            case FINE -> new Words(kind, "Fine", "The system did what was asked.");
            case FAILED ->
                new Words(kind, "Failed", "The system did not do what was asked, or lost something in silence.");
            case BOTTLENECK ->
                new Words(
                        kind,
                        "The tool was the bottleneck",
                        "The load tool itself was too slow: the figures say nothing about the system.");
        };
    }
}
