// Drawings of counts. Each stands in a table or list that says the same in numbers, so to a screen reader they are nothing.
import { SEVERITIES, type Score, type SeverityCounts, type StatusCounts } from "@holdfast/core";
import { drawn, html, type Content, type Markup } from "./markup.ts";

/** One part of a bar: what it stands for, as the page's style names its colour. */
export interface BarPart {
  readonly name: string;
  readonly count: number;
}

const WIDTH = 240;
const HEIGHT = 10;
const GAP = 1;

/** What a bar is drawn on. */
function frame(inner: Content): Markup {
  return html`<svg
    class="bar"
    viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    ${inner}
  </svg>`;
}

/** A bar of parts, as long as their sum is of `most`. */
export function bar(parts: readonly BarPart[], most: number): Markup {
  let x = 0;
  const rectangles = parts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => {
      const width = (count / most) * WIDTH;
      const drawnAt = x;
      x += width;
      return html`<rect
        class="fill-${name}"
        x="${drawn(drawnAt)}"
        y="0"
        width="${drawn(width > 4 * GAP ? width - GAP : width)}"
        height="${String(HEIGHT)}"
      />`;
    });
  const track = html`<rect class="track" x="0" y="0" width="${String(WIDTH)}" height="${String(HEIGHT)}" />`;
  return frame([track, rectangles]);
}

/** A bar for a score; without data it is hatched, which is neither full nor empty. */
export function scoreBar(score: Score): Markup {
  if (score === null) return frame(html`<line class="no-data" x1="0" y1="5" x2="${String(WIDTH)}" y2="5" />`);
  return bar([{ name: "score", count: score }], 100);
}

// A circle of this radius is 100 long.
const RADIUS = "15.9155";

/** A ring for a score; without data it is dashed. */
export function scoreRing(score: Score): Markup {
  const circle = (name: string, more: Markup): Markup =>
    html`<circle class="${name}" cx="20" cy="20" r="${RADIUS}" fill="none" stroke-width="5" ${more} />`;
  const inner =
    score === null
      ? circle("ring-none", html` stroke-dasharray="2 3"`)
      : [
          circle("ring-track", html``),
          // A round of length 0 would still be drawn as a dot.
          score === 0 ? null : circle("ring-score", html` stroke-dasharray="${drawn(score)} 100" transform="rotate(-90 20 20)"`),
        ];
  return html`<svg class="ring" viewBox="0 0 40 40" aria-hidden="true" focusable="false">${inner}</svg>`;
}

/** The parts of a bar by severity, the worst first. */
export function severityParts(counts: SeverityCounts): readonly BarPart[] {
  return SEVERITIES.map((name) => ({ name, count: counts[name] }));
}

const STATUSES = ["failed", "errored", "accepted", "passed", "skipped"] as const;

/** The parts of a bar by status, what calls for action first. */
export function statusParts(counts: StatusCounts): readonly BarPart[] {
  return STATUSES.map((name) => ({ name, count: counts[name] }));
}
