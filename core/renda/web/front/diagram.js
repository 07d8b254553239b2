// Draws <figure data-diagram='{"nodes":[{"id","label","level"?}],"edges":[{"from","to","label"}],"current"?: id}'>:
// the states of a practice and the actions between them. The table inside the figure says the same in words and stays.
import dagre from "@dagrejs/dagre";

const SVG = "http://www.w3.org/2000/svg";
const LINE = 18;
const PADDING = 12;

// Text is measured without drawing it: a wide character is as wide as the type is high, a narrow one a little over half.
const widthOf = (text, size) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? size : size * 0.58), 0);

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function lines(rows, className, x, y) {
  const first = y - ((rows.length - 1) * LINE) / 2;
  return rows.map((row, index) => element("text", { class: className, x, y: first + index * LINE, "text-anchor": "middle", "dominant-baseline": "central" }, row));
}

// What leaves a state where it is stands inside its box: an arrow from a box to itself only crosses others.
const notes = (edges, id) => edges.filter(({ from, to }) => from === id && to === id).map(({ label }) => `↻ ${label}`);

// Several actions may lead from one state to another: one arrow, its actions under each other.
function joined(edges) {
  const together = new Map();
  for (const { from, to, label } of edges.filter((edge) => edge.from !== edge.to)) {
    const key = JSON.stringify([from, to]);
    const before = together.get(key);
    together.set(key, { from, to, label: [before?.label, label].filter(Boolean).join("\n") });
  }
  return [...together.values()];
}

function layout({ nodes, edges }, direction) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: direction, nodesep: 32, ranksep: 40, edgesep: 16, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, label } of nodes) {
    const below = notes(edges, id);
    const widest = Math.max(widthOf(label, 15), ...below.map((note) => widthOf(note, 13)));
    graph.setNode(id, { width: widest + 2 * PADDING, height: LINE * (1 + below.length) + 2 * PADDING, notes: below });
  }
  for (const { from, to, label } of joined(edges)) {
    const rows = label.split("\n");
    graph.setEdge(from, to, { label, width: Math.max(...rows.map((row) => widthOf(row, 13))) + 8, height: rows.length * LINE, labelpos: "c" });
  }
  dagre.layout(graph);
  return graph;
}

// Straight into and out of the joints, rounded between them.
function path(points) {
  const at = ({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const middle = (one, two) => ({ x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 });
  let drawn = `M${at(points[0])}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const end = index === points.length - 2 ? points[index + 1] : middle(points[index], points[index + 1]);
    drawn += `Q${at(points[index])} ${at(end)}`;
  }
  return points.length === 2 ? `${drawn}L${at(points[1])}` : drawn;
}

let drawings = 0;

function picture(wish, direction) {
  const graph = layout(wish, direction);
  const { width, height } = graph.graph();
  drawings += 1;
  const tip = `diagram-tip-${drawings}`;
  const marker = element("marker", { id: tip, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto-start-reverse" }, element("path", { class: "diagram-tip", d: "M0,0L8,4L0,8z" }));
  const svg = element("svg", { class: "diagram", viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height), role: "img", "aria-label": wish.title ?? wish.nodes.map((node) => node.label).join("、") });
  svg.append(element("defs", {}, marker));
  for (const key of graph.edges()) {
    const edge = graph.edge(key);
    svg.append(element("path", { class: "diagram-edge", d: path(edge.points), "marker-end": `url(#${tip})` }));
    if (edge.label) {
      const rows = edge.label.split("\n").length;
      svg.append(element("rect", { class: "diagram-label-ground", x: edge.x - edge.width / 2, y: edge.y - (rows * LINE) / 2, width: edge.width, height: rows * LINE }));
      svg.append(...lines(edge.label.split("\n"), "diagram-label", edge.x, edge.y));
    }
  }
  for (const { id, label, level } of wish.nodes) {
    const { x, y, width: wide, height: high, notes: below } = graph.node(id);
    const now = wish.current === id ? " is-current" : "";
    svg.append(element("rect", { class: `diagram-node ${level ? `is-${level}` : ""}${now}`, x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: 6 }));
    svg.append(...lines([label], `diagram-node-label${now}`, x, y - (below.length * LINE) / 2));
    svg.append(...lines(below, `diagram-node-note${now}`, x, y + LINE / 2));
  }
  return svg;
}

export function drawDiagrams(root) {
  for (const figure of root.querySelectorAll("figure[data-diagram]:not([data-drawn])")) {
    figure.dataset.drawn = "yes";
    try {
      const wish = JSON.parse(figure.dataset.diagram);
      const place = document.createElement("div");
      place.className = "diagram-place";
      place.tabIndex = 0; // so that the keyboard can scroll a wide one
      place.append(picture(wish, figure.clientWidth < 640 ? "TB" : wish.direction ?? "LR"));
      figure.prepend(place);
    } catch (error) {
      console.error("diagram not drawn; its table is shown", error);
    }
  }
}
