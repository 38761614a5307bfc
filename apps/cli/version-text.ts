/** What `holdfast version` prints, without the end of the line. */
export function versionText(version: string): string {
  return `holdfast ${version} (Node ${process.version})`;
}
