"use strict";
// Draws the plots of the page: each as its description in #charts says.
(() => {
  const PAPER_WIDTH = 690;
  const AXIS_WIDTH = 68;
  const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const MARK_ROW = 16;
  const MARK_ROWS = 4;
  const MARK_LETTERS = 28;
  // Nodes are asked about once a second: a line goes on over less than this, and is broken by more.
  const BRIDGED_SECONDS = 2.5;
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

  const paper = { now: false };
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];

  /* Numbers */

  const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
  const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });
  const number = v => Math.abs(v) >= 1000 ? grouped.format(v) : digits.format(v);
  const millis = v => v < 1 ? number(v * 1000) + " µs" : v < 1000 ? number(v) + " ms" : number(v / 1000) + " s";
  const BYTES = ["B", "KiB", "MiB", "GiB", "TiB"];
  const bytes = v => {
    const power = v < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(v) / 10));
    return digits.format(v / 1024 ** power) + " " + BYTES[power];
  };
  const UNITS = {
    MILLIS: { text: millis, tick: millis },
    BYTES: { text: bytes, tick: bytes, incrs: [...Array(45).keys()].map(i => 2 ** i) },
    CORES: { text: v => number(v) + (v === 1 ? " core" : " cores"), tick: number },
    COUNT: { text: number, tick: v => Math.abs(v) >= 10000 ? compact.format(v) : number(v) },
  };
  const percent = x => {
    const nines = 100 * (1 - 10 ** -x);
    return nines.toFixed(Math.max(0, Math.min(8, Math.ceil(x) - 1))).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") + " %";
  };

  /* Axes */

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const axis = more => ({
    stroke: colour("faint"), font: FONT, size: 34,
    grid: { stroke: colour("grid"), width: 1 }, ticks: { stroke: colour("grid"), width: 1, size: 5 },
    ...more,
  });
  const timeAxis = chart => axis({
    incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400],
    values: (u, splits) => splits.map(v => chart.end > 600 ? digits.format(v / 60) + " min" : v + " s"),
    space: 56,
  });
  // Half of all, three quarters, then a nine more each time.
  const ninesAxis = chart => axis({
    splits: u => {
      const wide = u.width / chart.end > 110;
      const nines = Array.from({ length: Math.floor(chart.end + 1e-6) }, (_, i) => i + 1);
      return [...(wide ? [0] : []), Math.log10(2), ...(wide ? [Math.log10(4)] : []), ...nines];
    },
    values: (u, splits) => splits.map(v => v === null ? "" : percent(v)),
    // From the right: where there is no room, the nines are worth more than the median.
    filter: (u, splits) => splits.reduceRight(({ kept, next }, v) => {
      const at = u.valToPos(v, "x");
      const fits = next - at > 46;
      return { kept: [fits ? v : null, ...kept], next: fits ? at : next };
    }, { kept: [], next: Infinity }).kept,
  });
  const valueAxis = chart => axis({
    size: AXIS_WIDTH,
    space: chart.unit === "MILLIS" ? 22 : 34,
    incrs: UNITS[chart.unit].incrs,
    values: (u, splits) => splits.map(v => v == null ? "" : UNITS[chart.unit].tick(v)),
  });
  const fromZero = (u, min, max) => [0, max > 0 ? max * 1.08 : 1];

  /* Lines */

  // To uPlot null breaks a line and undefined does not.
  function bridged(chart, y) {
    if (chart.kind !== "TIME") return y;
    const line = y.slice();
    let last = -1;
    y.forEach((v, i) => {
      if (v === null) return;
      if (last >= 0 && chart.x[i] - chart.x[last] < BRIDGED_SECONDS) line.fill(undefined, last + 1, i);
      last = i;
    });
    return line;
  }
  // A value without neighbours is no line, but it is there.
  const lonely = (u, series) => {
    const y = u.data[series];
    const broken = i => i < 0 || i >= y.length || y[i] === null;
    return [...y.keys()].filter(i => y[i] != null && broken(i - 1) && broken(i + 1));
  };
  const line = (chart, each, i) => ({
    label: each.name,
    stroke: colour("line" + (i % 7 + 1)),
    dash: DASHES[Math.floor(i / 7) % DASHES.length],
    width: 1.75,
    value: (u, v) => v == null ? "–" : UNITS[chart.unit].text(v),
    points: { show: false, filter: lonely, size: 5 },
  });

  /* Marks: a dashed line each, with its label above the plot, in as many rows as keep them apart. */

  const short = text => text.length > MARK_LETTERS ? text.slice(0, MARK_LETTERS - 1) + "…" : text;
  const ruler = document.createElement("canvas").getContext("2d");
  const textWidth = text => { ruler.font = FONT; return ruler.measureText(text).width; };

  function placed(marks, left, right, position) {
    const ends = [];
    return marks.map(mark => {
      const x = position(mark.at);
      const width = textWidth(short(mark.label)) + 8;
      const start = Math.max(left, Math.min(x - 2, right - width));
      let row = ends.findIndex(end => end <= start);
      if (row < 0) row = ends.length;
      if (row < MARK_ROWS) ends[row] = start + width;
      return { mark, x, start, row, rows: ends.length };
    });
  }
  function markRows(chart, width) {
    const inner = width - AXIS_WIDTH - 16;
    const places = placed(chart.marks, 0, inner, at => at / chart.end * inner);
    return Math.min(MARK_ROWS, Math.max(0, ...places.map(place => place.row + 1)));
  }
  function drawMarks(chart, rows) {
    return u => {
      const ratio = uPlot.pxRatio, ctx = u.ctx, box = u.bbox;
      const [from, to] = [u.scales.x.min, u.scales.x.max];
      const visible = chart.marks.filter(mark => mark.at >= from && mark.at <= to);
      const right = (box.left + box.width) / ratio + 12;
      const places = placed(visible, box.left / ratio, right, at => u.valToPos(at, "x", true) / ratio);
      ctx.save();
      ctx.scale(ratio, ratio);
      ctx.font = FONT;
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      ctx.strokeStyle = colour("mark");
      ctx.lineWidth = 1;
      ctx.setLineDash([4, 3]);
      const top = box.top / ratio, bottom = (box.top + box.height) / ratio;
      const height = row => top - 8 - row * MARK_ROW;
      places.forEach(({ x, row }) => {
        ctx.beginPath();
        ctx.moveTo(x, bottom);
        ctx.lineTo(x, row < rows ? height(row) : top);
        ctx.stroke();
      });
      // Lines of labels further up go behind those below.
      places.filter(place => place.row < rows).forEach(({ mark, start, row }) => {
        const label = short(mark.label);
        ctx.fillStyle = colour("paper");
        ctx.fillRect(start - 2, height(row) - 7, textWidth(label) + 4, 14);
        ctx.fillStyle = colour("mark");
        ctx.fillText(label, start, height(row));
      });
      ctx.restore();
    };
  }

  /* Plots */

  function options(chart, width) {
    const time = chart.kind === "TIME";
    const rows = markRows(chart, width);
    const height = (chart.wide ? 300 : 210) + rows * MARK_ROW;
    return {
      width, height,
      padding: [rows * MARK_ROW + 10, 16, 0, 0],
      scales: {
        x: { time: false, range: (u, min, max) => min === u.data[0][0] && max === u.data[0].at(-1) || min === max ? [0, chart.end] : [min, max] },
        y: chart.unit === "MILLIS" ? { distr: 3 } : { range: fromZero },
      },
      axes: [time ? timeAxis(chart) : ninesAxis(chart), valueAxis(chart)],
      series: [
        { label: time ? "second" : "percentile", value: (u, v) => v == null ? "–" : time ? number(v) : percent(v) },
        ...chart.lines.map((each, i) => line(chart, each, i)),
      ],
      cursor: { sync: { key: chart.group, scales: ["x", null] }, y: false, points: { size: 6 } },
      hooks: { draw: [drawMarks(chart, rows)] },
    };
  }
  const data = chart => [chart.x, ...chart.lines.map(each => bridged(chart, each.y).map(v => chart.unit === "MILLIS" && v === 0 ? 0.001 : v))];

  function draw(chart, place) {
    const width = paper.now ? PAPER_WIDTH : Math.floor(place.clientWidth);
    if (width < 50) return;
    place.replaceChildren();
    return { plot: new uPlot(options(chart, width), data(chart), place), width };
  }
  function redraw(each) {
    each.drawing?.plot.destroy();
    each.drawing = draw(each.chart, each.place);
  }

  for (const chart of charts) {
    const each = { chart, place: document.getElementById(chart.id) };
    drawn.push(each);
    redraw(each);
    new ResizeObserver(() => {
      if (!paper.now && Math.floor(each.place.clientWidth) !== each.drawing?.width) redraw(each);
    }).observe(each.place);
  }
  const onPaper = now => {
    paper.now = now;
    document.documentElement.toggleAttribute("data-paper", now);
    drawn.forEach(redraw);
  };
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach(redraw));
})();
