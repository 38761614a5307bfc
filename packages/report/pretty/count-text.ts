/** A number with its noun: "1 finding", "12 findings", "1,204 findings". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
