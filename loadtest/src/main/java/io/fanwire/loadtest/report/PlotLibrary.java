package io.fanwire.loadtest.report;

/** uPlot, see its README beside it. */
record PlotLibrary(String script, String style, String licence) {
    static final PlotLibrary BUNDLED = new PlotLibrary(
            Resource.read("uplot/uPlot.iife.min.js"),
            Resource.read("uplot/uPlot.min.css"),
            Resource.read("uplot/LICENSE"));
}
