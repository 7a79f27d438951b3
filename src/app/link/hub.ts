/** @file Another weights hub, for tests: `?hub=` takes an address on this machine only. */

/** A link must not be able to send people to a stranger's weights, so any other host is ignored. */
export function hubInAddress(search: string): string | undefined {
  const asked = new URLSearchParams(search).get("hub");
  if (asked === null || !URL.canParse(asked)) return undefined;
  const { hostname, origin } = new URL(asked);
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname) ? origin : undefined;
}
