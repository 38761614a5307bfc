/** What can be put into an element: nodes and text; null is nothing. Text stays text, whatever it holds. */
export type Child = Node | string | null;

/** Makes an element with these attributes and children. An attribute that is false is left out; one that is true is there without a value. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The element of a part of the page. Throws where the page has none: then page and script are not of one version. */
export function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.querySelector(`#${id}`);
  if (!(found instanceof kind)) throw new Error(`the page has no part ${id}`);
  return found;
}
