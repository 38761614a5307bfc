import type { ObjectPath } from "@holdfast/core";

/** The values that texts such as Helm's `--set a.b=1,c[0].d=2` set. */
export function setKeys(given: readonly string[]): readonly ObjectPath[] {
  return given
    .flatMap((text) => text.split(/(?<!\\),/u))
    .flatMap((pair) => {
      const key = /^(?<key>(?:\\.|[^=\\])+)=/u.exec(pair)?.groups?.["key"];
      return key === undefined ? [] : [stepsOf(key)];
    });
}

function stepsOf(key: string): ObjectPath {
  const steps: (string | number)[] = [];
  for (const { groups } of key.matchAll(/\[(?<index>\d+)\]|(?<name>(?:\\.|[^.[\\])+)/gu)) {
    const { index, name } = groups ?? {};
    if (index !== undefined) steps.push(Number(index));
    else if (name !== undefined) steps.push(name.replaceAll(/\\(?<char>.)/gu, "$<char>"));
  }
  return steps;
}
