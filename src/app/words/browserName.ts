/** @file A browser's name and version from its user agent string, as people know it. */

/** In this order: all of them also claim to be what comes later. */
const browsers = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["SamsungBrowser", "Samsung Internet"],
  ["Firefox", "Firefox"],
  ["FxiOS", "Firefox"],
  ["CriOS", "Chrome"],
  ["HeadlessChrome", "Chrome"],
  ["Chrome", "Chrome"],
  ["Version", "Safari"],
] as const;

/** In this order: phones also claim to be desktops. */
const systems = [
  ["Android", "Android"],
  ["iPhone", "iOS"],
  ["iPad", "iPadOS"],
  ["CrOS", "ChromeOS"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
] as const;

/** As `Chrome 140 on Windows`; the string itself where it is of no known browser. */
export function browserName(userAgent: string): string {
  for (const [token, name] of browsers) {
    const version = new RegExp(`${token}/(\\d+)`).exec(userAgent)?.[1];
    if (version === undefined) continue;
    const system = systems.find(([mark]) => userAgent.includes(mark))?.[1];
    return `${name} ${version}${system ? ` on ${system}` : ""}`;
  }
  return userAgent;
}
