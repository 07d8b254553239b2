// Draws the pictures of <figure data-chart='{…}'>. The table inside the figure stays: it is the accessible form, and
// where the options name no series the numbers are read from it (first column: categories, first row: series).
//
// Options: kind "bar" | "line" | "heatmap", title, unit, stacked, horizontal, max, categories [text],
// series [{name, values}], bands [{from, to, label, level: "good"|"warning"|"danger"}], marks [{at, label}].
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, HeatmapChart, GridComponent, TooltipComponent, LegendComponent, VisualMapComponent,
  MarkLineComponent, MarkAreaComponent, AriaComponent, SVGRenderer,
]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--renda-${name}`).trim();
const number = (value) => {
  if (typeof value === "number" || value === null) return value;
  const digits = String(value).replace(/[^\d.+-]/g, "");
  return digits === "" ? null : Number(digits);
};

function readTable(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return {
    categories: body.map((row) => row[0]),
    series: head.slice(1).map((name, column) => ({ name, values: body.map((row) => number(row[column + 1])) })),
  };
}

function bandArea(bands) {
  const shade = (level) => ({ color: colour(level ?? "good"), opacity: 0.12 });
  return {
    silent: true,
    label: { position: "insideTopRight", color: colour("ink") },
    z: 5,
    data: bands.map((band) => [{ yAxis: band.from, name: band.label, itemStyle: shade(band.level) }, { yAxis: band.to }]),
  };
}

function axesChart(wish, { categories, series }) {
  const named = { type: "category", data: categories, axisLabel: { hideOverlap: true, interval: wish.horizontal ? 0 : undefined } };
  const valued = { type: "value", name: wish.unit, max: wish.max, splitLine: { lineStyle: { color: colour("line") } } };
  return {
    xAxis: wish.horizontal ? valued : named,
    yAxis: wish.horizontal ? { ...named, inverse: true } : valued,
    legend: series.length > 1 ? { bottom: 0, type: "plain" } : undefined,
    series: series.map((one, index) => ({
      type: wish.kind,
      name: one.name,
      data: one.values.map(number),
      stack: wish.stacked ? "all" : undefined,
      barMaxWidth: 36,
      symbolSize: 7,
      label: { show: series.length === 1 && categories.length <= 12, position: wish.horizontal ? "right" : "top" },
      markArea: index === 0 && wish.bands ? bandArea(wish.bands) : undefined,
      markLine: index === 0 && wish.marks
        ? { symbol: "none", silent: true, data: wish.marks.map((mark) => ({ yAxis: mark.at, name: mark.label, label: { formatter: mark.label, position: "insideEndTop" } })) }
        : undefined,
    })),
  };
}

function heatmap(wish, { categories, series }) {
  const cells = series.flatMap((one, x) => one.values.map((value, y) => [x, y, number(value) ?? "-"]));
  const values = cells.map((cell) => cell[2]).filter((value) => value !== "-");
  const [least, most] = [Math.min(...values), wish.max ?? Math.max(...values)];
  return {
    xAxis: { type: "category", data: series.map((one) => one.name), position: "top" },
    yAxis: { type: "category", data: categories, inverse: true },
    visualMap: {
      min: least, max: most, text: [`${most}`, `${least}`], orient: "horizontal", left: "center", bottom: 0,
      itemHeight: 120, inRange: { color: [colour("pale"), colour("accent")] },
    },
    series: [{ type: "heatmap", data: cells, label: { show: true } }],
  };
}

function options(wish, numbers) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still && !matchMedia("print").matches,
    animationDuration: 300,
    aria: { enabled: true, label: { description: wish.title }, decal: { show: wish.kind === "bar" && numbers.series.length > 1 } },
    color: ["second", "third", "fourth", "accent", "muted"].map(colour),
    textStyle: { fontFamily: "inherit", color: colour("ink") },
    grid: { left: 8, right: wish.horizontal ? 48 : 16, top: wish.unit ? 36 : 20, bottom: wish.kind === "heatmap" ? 56 : numbers.series.length > 1 ? 40 : 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    // Drawn and not written as HTML: an HTML tooltip would need inline styles, which the policy forbids.
    tooltip: { renderMode: "richText", confine: true, trigger: wish.kind === "heatmap" ? "item" : "axis" },
    ...(wish.kind === "heatmap" ? heatmap(wish, numbers) : axesChart(wish, numbers)),
  };
}

function draw(figure) {
  const wish = JSON.parse(figure.dataset.chart);
  const table = figure.querySelector("table");
  const numbers = wish.series ? wish : readTable(table);
  const place = document.createElement("div");
  place.className = "chart";
  if (wish.horizontal || wish.kind === "heatmap") place.style.height = `${Math.max(160, numbers.categories.length * 34 + 90)}px`;
  figure.prepend(place);
  if (table && !figure.querySelector("details")) {
    const fold = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = figure.dataset.tableLabel ?? "数据表";
    table.replaceWith(fold);
    fold.append(summary, table);
  }
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption(options(wish, numbers));
  new ResizeObserver(() => chart.resize()).observe(place);
}

export function drawCharts(root) {
  for (const figure of root.querySelectorAll("figure[data-chart]:not([data-drawn])")) {
    figure.dataset.drawn = "yes";
    try {
      draw(figure);
    } catch (error) {
      console.error("chart not drawn; its table is shown", error);
    }
  }
}
