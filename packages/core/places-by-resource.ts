/**
 * The places of findings in the order of the resources that they are about; those of one resource in the order of the list. `resources` is how many resources there are; a place of a
 * resource that is not among them throws. What is worked out for a resource can so be forgotten before the next.
 */
export function placesByResource(findings: readonly { readonly resource: number }[], resources: number): Uint32Array {
  // Counted, then dealt out: linear, and nothing is made for a resource.
  const next = new Uint32Array(resources + 1);
  for (let place = 0; place < findings.length; place += 1) {
    const resource = findings[place]?.resource ?? -1;
    if (!(resource >= 0 && resource < resources))
      throw new RangeError(`a finding is about resource ${resource}, and there are ${resources}`);
    next[resource + 1] = (next[resource + 1] ?? 0) + 1;
  }
  for (let resource = 1; resource < resources; resource += 1) next[resource] = (next[resource] ?? 0) + (next[resource - 1] ?? 0);
  const places = new Uint32Array(findings.length);
  for (let place = 0; place < findings.length; place += 1) {
    const resource = findings[place]?.resource ?? 0;
    const at = next[resource] ?? 0;
    places[at] = place;
    next[resource] = at + 1;
  }
  return places;
}
