"use strict";
// Draws each chart into its place, as wide as the place is. The colours come from the style sheet, so
// a change to light, dark or print needs no new drawing.
(() => {
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const colour = (detector) => `var(--series-${(data.detectors.indexOf(detector) % 12) + 1})`;
  const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)}%`;
  const shortPercent = (share) => `${+(100 * share).toFixed(1)}%`;
  const wholePercent = (share) => `${Math.round(100 * share)}%`;
  const dashes = {official: undefined, distinct: "5 3", without_execve: "1.5 3"};
  const populations = Object.keys(dashes);
  // More than one population of every detector would be too many lines to tell apart.
  const isDrawn = (d) => d.population === "official" || d.detector === data.detectors[0];
  const words = (population) => population.replaceAll("_", " ");
  const halo = {stroke: "var(--card)", strokeWidth: 4, fill: "var(--ink)"};
  const tip = {fill: "var(--card)", stroke: "var(--muted)", fontSize: 12, lineHeight: 1.3, textPadding: 9};

  const padded = (values) => {
    const [low, high] = d3.extent(values);
    if (low === undefined) return [0, 1];
    const room = (high - low || Math.abs(high) || 1) * 0.12;
    return [low - room, high + room];
  };

  function perEpoch(measure, format, tickFormat) {
    return (width) => {
      const heldOut = `heldOut${measure[0].toUpperCase()}${measure.slice(1)}`;
      const lines = [
        {name: "training", key: measure, stroke: "var(--series-1)", symbol: "circle"},
        {name: "held out", key: heldOut, stroke: "var(--series-2)", symbol: "square"},
      ];
      const epochs = data.epochs;
      const [first, last] = d3.extent(epochs, (e) => e.epoch);
      const kept = epochs.filter((e) => e.kept);
      const values = epochs.flatMap((e) => lines.map((l) => e[l.key])).filter((v) => v !== null);
      const known = epochs.filter((e) => lines.some((l) => e[l.key] !== null));
      return Plot.plot({
        width,
        height: Math.max(220, Math.min(290, width * 0.58)),
        marginLeft: 48,
        marginTop: 28,
        marginBottom: 36,
        x: {
          label: "epoch",
          domain: first === last ? [first - 1, last + 1] : [first, last],
          ticks: d3.ticks(first, last, Math.min(last - first, width / 60) || 1).filter(Number.isInteger),
          tickFormat: "d",
          insetLeft: 8,
          insetRight: 8,
        },
        y: {label: null, domain: padded(values), grid: true, ticks: 5, tickFormat},
        marks: [
          Plot.ruleX(kept, {x: "epoch", stroke: "var(--muted)", strokeDasharray: "2 3"}),
          Plot.text(kept, {
            x: "epoch", text: () => "kept", frameAnchor: "top", dy: -15, fill: "var(--muted)",
            textAnchor: "middle",
          }),
          lines.map((l) => Plot.lineY(epochs, {x: "epoch", y: l.key, stroke: l.stroke, strokeWidth: 2})),
          lines.map((l) => Plot.dot(epochs, {
            x: "epoch", y: l.key, fill: l.stroke, symbol: l.symbol, r: epochs.length > 15 ? 2.2 : 3.5,
          })),
          Plot.tip(known, Plot.pointerX({
            ...tip,
            x: "epoch",
            y: (e) => e[heldOut] ?? e[measure],
            title: (e) => [`epoch ${e.epoch}${e.kept ? ", kept" : ""}`]
              .concat(lines.filter((l) => e[l.key] !== null).map((l) => `${l.name} ${format(e[l.key])}`))
              .join("\n"),
          })),
        ],
      });
    };
  }

  function roc(width) {
    const size = Math.min(width, 480);
    const curves = data.roc.filter(isDrawn);
    const points = curves.flatMap((c) => c.points.map(([fpr, tpr, threshold]) => ({...c, fpr, tpr, threshold})));
    const rate = {domain: [0, 1], ticks: size < 320 ? 4 : 5, tickFormat: wholePercent, grid: true};
    return Plot.plot({
      width: size,
      height: size - 12,
      marginLeft: 46,
      marginTop: 26,
      marginRight: 18,
      marginBottom: 38,
      x: {...rate, label: "false-alarm rate"},
      y: {...rate, label: "detection rate"},
      marks: [
        Plot.line([[0, 0], [1, 1]], {stroke: "var(--muted)", strokeDasharray: "1 4", strokeLinecap: "round"}),
        Plot.text([[0.74, 0.7]], {text: () => "guessing", fill: "var(--muted)", textAnchor: "start"}),
        d3.sort(curves, (c) => c.population === "official").map((c) => Plot.line(c.points, {
          x: "0", y: "1", stroke: colour(c.detector), strokeDasharray: dashes[c.population],
          strokeWidth: c.population === "official" ? 2.2 : 1.6, strokeLinejoin: "round",
        })),
        Plot.tip(points, Plot.pointer({
          ...tip,
          x: "fpr",
          y: "tpr",
          maxRadius: 30,
          title: (p) => `${p.detector}, ${words(p.population)}\n${percent(p.tpr)} found\n${percent(p.fpr)} false alarms`
            + (p.threshold === null ? "" : `\nthreshold ${p.threshold.toFixed(3)}`),
        })),
      ],
    });
  }

  function auc(width) {
    const known = data.detections.filter((d) => d.auc !== null && isDrawn(d));
    const families = d3.sort(new Set(known.map((d) => d.family)), (f) => f !== "all");
    const kinds = data.detectors.flatMap((detector) => populations.map((population) => ({
      detector, population, rows: known.filter((d) => d.detector === detector && d.population === population),
    }))).filter((k) => k.rows.length > 0);
    const gap = Math.min(11, 84 / kinds.length);
    const offset = (i) => (i - (kinds.length - 1) / 2) * gap;
    const low = d3.min(known, (d) => d.aucLow ?? d.auc);
    const name = (family) => (family === "all" ? "All families" : family);
    const short = (family) => (name(family).length > 18 ? `${name(family).slice(0, 17)}…` : name(family));
    return Plot.plot({
      width,
      height: Math.max(160, families.length * (kinds.length * gap + 14) + 64),
      marginLeft: Math.min(122, 16 + 6.6 * d3.max(families, (f) => short(f).length)),
      marginTop: 26,
      marginRight: 16,
      marginBottom: 38,
      x: {label: "AUC", domain: [Math.min(0.5, low), 1], nice: true, grid: true, ticks: width < 420 ? 4 : 6},
      y: {type: "band", domain: families, label: null, tickFormat: short, tickSize: 0, paddingInner: 0, paddingOuter: 0},
      marks: [
        Plot.ruleX([0.5], {stroke: "var(--muted)", strokeDasharray: "1 4", strokeLinecap: "round"}),
        kinds.map((k, i) => {
          const dy = offset(i);
          const official = k.population === "official";
          return [
            Plot.ruleY(k.rows, {
              x1: "aucLow", x2: "aucHigh", y: "family", dy, stroke: colour(k.detector),
              strokeWidth: official ? 2.2 : 1.4, strokeDasharray: dashes[k.population],
            }),
            Plot.dot(k.rows, {
              x: "auc", y: "family", dy, r: gap < 8 ? 2.6 : 4, stroke: colour(k.detector), strokeWidth: 1.8,
              fill: official ? colour(k.detector) : "var(--card)",
            }),
          ];
        }),
        // The tips come last, so that no mark covers them.
        kinds.map((k, i) => Plot.tip(k.rows, Plot.pointer({
          ...tip,
          x: "auc",
          y: "family",
          dy: offset(i),
          maxRadius: 12,
          title: (d) => `${name(d.family)}\n${d.detector}, ${words(d.population)}\nAUC ${d.auc.toFixed(3)}`
            + (d.aucLow === null || d.aucHigh === null ? "" : `\n95% ${d.aucLow.toFixed(3)} to ${d.aucHigh.toFixed(3)}`),
        }))),
      ],
    });
  }

  function scores(width, place) {
    const histogram = data.histograms.find((h) => h.detector === place.dataset.detector);
    const groups = ["normal", "attack"].map((name) => {
      const total = d3.sum(histogram[name]);
      return {
        name,
        total,
        fill: `var(--${name})`,
        bins: histogram[name].map((count, i) => ({
          x1: histogram.edges[i], x2: histogram.edges[i + 1], count, share: count / total,
        })),
      };
    }).filter((g) => g.total > 0);
    // The outline starts and ends at zero, so that it encloses the whole group.
    const outline = (bins) => [{x: bins[0].x1, y: 0}]
      .concat(bins.flatMap((b) => [{x: b.x1, y: b.share}, {x: b.x2, y: b.share}]), [{x: bins.at(-1).x2, y: 0}]);
    const threshold = histogram.threshold === null ? [] : [histogram.threshold];
    const bins = histogram.normal.map((normal, i) => ({
      x1: histogram.edges[i], x2: histogram.edges[i + 1],
      top: d3.max(groups, (g) => g.bins[i].share) ?? 0, groups: groups.map((g) => ({...g, bin: g.bins[i]})),
    }));
    return Plot.plot({
      width,
      height: Math.max(220, Math.min(290, width * 0.58)),
      marginLeft: 46,
      marginTop: 28,
      marginBottom: 36,
      x: {label: "trace score", domain: d3.extent([...histogram.edges, ...threshold]), ticks: width / 80},
      y: {label: "share of traces", grid: true, ticks: 5, tickFormat: shortPercent, zero: true},
      marks: [
        groups.map((g) => Plot.rectY(g.bins, {x1: "x1", x2: "x2", y: "share", fill: g.fill, fillOpacity: 0.28, inset: 0})),
        groups.map((g) => Plot.line(outline(g.bins), {x: "x", y: "y", stroke: g.fill, strokeWidth: 1.6, strokeLinejoin: "round"})),
        Plot.ruleY([0], {stroke: "var(--rule)"}),
        Plot.ruleX(threshold, {stroke: "var(--ink)", strokeDasharray: "5 3", strokeWidth: 1.4}),
        Plot.text(threshold, {
          ...halo, x: (t) => t, text: () => "alarm from here", frameAnchor: "top", dy: -15,
          textAnchor: threshold[0] > d3.mean(d3.extent(histogram.edges)) ? "end" : "start",
        }),
        Plot.tip(bins, Plot.pointerX({
          ...tip,
          x: (b) => (b.x1 + b.x2) / 2,
          y: "top",
          title: (b) => [`score ${b.x1.toFixed(2)} to ${b.x2.toFixed(2)}`]
            .concat(b.groups.map((g) => `${g.name} ${g.bin.count} (${percent(g.bin.share)})`))
            .join("\n"),
        })),
      ],
    });
  }

  const drawings = {
    loss: perEpoch("loss", (v) => v.toFixed(3)),
    accuracy: perEpoch("accuracy", (v) => percent(v), shortPercent),
    roc,
    auc,
    scores,
  };
  const drawn = new Map();

  function draw(place, width) {
    if (width < 1 || drawn.get(place) === width) return;
    const svg = drawings[place.dataset.chart](width, place);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", place.dataset.label);
    // A chart is one image with one label. Plot also labels its groups, which have no role.
    svg.querySelectorAll("[aria-label]").forEach((group) => {
      if (group.getAttribute("aria-label").endsWith("grid")) group.classList.add("grid");
      group.removeAttribute("aria-label");
    });
    place.replaceChildren(svg);
    drawn.set(place, width);
  }

  const places = [...document.querySelectorAll("[data-chart]")];
  const drawAll = (width) => places.forEach((place) => draw(place, width(place)));
  const asShown = (place) => Math.floor(place.clientWidth);
  let printing = false;

  drawAll(asShown);
  const observer = new ResizeObserver((entries) => {
    if (!printing) requestAnimationFrame(() => entries.forEach((entry) => draw(entry.target, asShown(entry.target))));
  });
  places.forEach((place) => observer.observe(place));

  // In print a chart gets half of the printable width of A4 or Letter.
  addEventListener("beforeprint", () => {
    printing = true;
    drawAll(() => 320);
  });
  addEventListener("afterprint", () => {
    printing = false;
    drawAll(asShown);
  });
})();
