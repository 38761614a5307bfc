/** The places of a character outside of groups, classes and escapes. A parenthesis that closes nothing is outside too. */
export function outerPlaces(source: string, wanted: string): number[] {
  const places: number[] = [];
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]";
    else if (character === wanted && depth === 0) places.push(at);
    else if (character === "[") inClass = true;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
  }
  return places;
}
