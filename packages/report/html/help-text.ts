// The Markdown of controls' pages: paragraphs, lists, fenced code, code, strong, emphasis and links. Anything else is shown as it is written.
import { html, type Content, type Markup } from "./markup.ts";

// What a part may hold is bounded or ends at the next mark, so that no text takes more than linear time.
const INLINE =
  /`(?<code>[^`\n]+)`|\*\*(?<strong>\S(?:[^*\n]*\S)?)\*\*|\[(?<label>[^[\]\n]{0,300})\]\((?<target>[^()\s]{0,2000})\)|(?<![\w*])\*(?<emphasis>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])/gu;

/** A piece of a paragraph. Where a link goes is told and not made a link: the page refers to nothing outside of itself. */
function inline(text: string): Content {
  const parts: Content[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const { code, strong, label, target = "", emphasis } = match.groups ?? {};
    parts.push(text.slice(from, match.index));
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (strong !== undefined) parts.push(html`<strong>${inline(strong)}</strong>`);
    else if (emphasis !== undefined) parts.push(html`<em>${inline(emphasis)}</em>`);
    else parts.push(target === "" || target === label ? (label ?? "") : html`${label ?? ""} (${target})`);
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

interface Item {
  readonly lines: string[];
}

/** The lines of a block without code: a list where they begin with a mark, paragraphs otherwise. */
function block(lines: readonly string[]): readonly Markup[] {
  const items: Item[] = [];
  const before: string[] = [];
  for (const line of lines) {
    const text = /^\s*(?:[-*+]|\d+[.)])\s+(?<text>.*)$/u.exec(line)?.groups?.["text"];
    if (text !== undefined) items.push({ lines: [text] });
    else (items.at(-1)?.lines ?? before).push(line.trim());
  }
  const paragraph = before.length === 0 ? [] : [html`<p>${inline(before.join(" "))}</p>`];
  if (items.length === 0) return paragraph;
  return [
    ...paragraph,
    html`<ul>
      ${items.map((item) => html`<li>${inline(item.lines.join(" "))}</li>`)}
    </ul>`,
  ];
}

/** A text of a control's page as HTML. */
export function helpText(markdown: string): Markup {
  const blocks: Markup[] = [];
  let open: string[] = [];
  let code: string[] | null = null;
  const close = (): void => {
    if (open.length > 0) blocks.push(...block(open));
    open = [];
  };
  for (const line of markdown.split(/\r?\n/u)) {
    if (/^\s*```/u.test(line)) {
      close();
      if (code !== null) blocks.push(html`<pre class="listing" tabindex="0"><code>${code.join("\n")}</code></pre>`);
      code = code === null ? [] : null;
    } else if (code !== null) code.push(line);
    else if (line.trim() === "") close();
    else open.push(line);
  }
  close();
  if (code !== null) blocks.push(html`<pre class="listing" tabindex="0"><code>${code.join("\n")}</code></pre>`);
  return html`${blocks}`;
}
