package io.fanwire.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgTest {
    private static final Curve RISING = new Curve("rising", "#123456", new double[] {0, 1, 2, 3, 4});

    @Test
    void isXmlWithALineForEachCurve() throws Exception {
        String svg = Svg.draw(
                "title", 10, List.of(new Panel("one", List.of(RISING, RISING)), new Panel("two", List.of(RISING))));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(3);
        assertThat(svg).contains("title", "one", "two", "rising");
    }

    @Test
    void aThinnedCurveKeepsItsPeaks() {
        double[] values = new double[10_000];
        values[7_777] = 5;
        Curve thinned = new Curve("peak", "red", values).thinned(100);
        assertThat(thinned.values()).hasSize(100);
        assertThat(thinned.max()).isEqualTo(5);
    }

    @Test
    void theAxisEndsAtARoundNumberAboveAll() {
        assertThat(new Panel("", List.of(RISING)).top()).isEqualTo(4);
        assertThat(new Panel("", List.of(new Curve("", "", new double[] {2_417}))).top())
                .isEqualTo(2_500);
        assertThat(new Panel("", List.of(new Curve("", "", new double[] {0}))).top())
                .isEqualTo(1);
    }
}
