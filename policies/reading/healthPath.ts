const withScheme = /https?:\/\/[^\s/"'`]+(\/[^\s"'`|;&)]*)?/g;
const without =
  /(?:^|[\s"'`])(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::[\w${}]+)?(\/[^\s"'`|;&)]*)?(?=$|[\s"'`|;&)])/g;

/** The paths that a health check's command asks for over HTTP; none where it does something else. */
export function pathsAsked(command: string): string[] {
  const urls = [...command.matchAll(withScheme)];
  const found = urls.length > 0 || !/\b(?:curl|wget)\b/.test(command) ? urls : [...command.matchAll(without)];
  return found.map(([, path]) => pathOf(path ?? "/"));
}

/** A path without query and trailing slash. */
const pathOf = (path: string) => path.replace(/[?#].*$/s, "").replace(/(?<=.)\/$/, "") || "/";

/** Whether a path is one of the patterns, where `*` stands for anything. */
export const isHealthPath = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => {
    const [start = "", ...rest] = pattern.split("*");
    return rest.length === 0 ? path === pattern : path.startsWith(start) && path.endsWith(rest.at(-1) ?? "");
  });

/** The paths that a health check may ask for, as the catalogue of checklists has them. */
export const healthPaths = ["/health", "/health/*", "/healthz", "/_stcore/health", "/ready*", "/live*"];
