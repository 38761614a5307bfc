/** A document that Helm printed, and the template that it comes from. */
export interface RenderedDocument {
  /** The template's path as Helm names it: `shop/charts/redis/templates/service.yaml`. */
  readonly template: string;
  readonly text: string;
}

const SOURCE = /^---\r?\n# Source: (?<template>.+)\r?\n/gmu;

/** Divides what `helm template` prints. It begins each document with its template's path; a `---` of a template's own within it is divided by Helm too. */
export function renderedDocuments(output: string): readonly RenderedDocument[] {
  const heads = [...output.matchAll(SOURCE)];
  return heads.map((head, at) => ({
    template: head.groups?.["template"] ?? "",
    text: output.slice(head.index + head[0].length, heads[at + 1]?.index ?? output.length),
  }));
}
