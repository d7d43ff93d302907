import { healthPaths, isHealthPath, pathsAsked } from "../../policies/reading/healthPath";

test.each([
  ["curl -f http://localhost:8080/health", ["/health"]],
  ["curl -f http://localhost:8080", ["/"]],
  ["curl -f http://localhost:$" + "{PORT:-80}/health || exit 1", ["/health"]],
  ["wget -qO- 'https://127.0.0.1/health/?full=1'", ["/health"]],
  ["curl --fail localhost:3000/ready || exit 1", ["/ready"]],
  ["curl localhost", ["/"]],
  [`python -c "import urllib.request as u; u.urlopen('http://localhost:8000/live')"`, ["/live"]],
  ["pg_isready -h localhost", []],
  ["redis-cli ping", []],
  ["test -f /tmp/health", []],
])("%s", (command, paths) => expect(pathsAsked(command)).toEqual(paths));

test.each(["/health", "/health/db", "/healthz", "/_stcore/health", "/ready", "/readyz", "/livez"])(
  "%s passes",
  (path) => expect(isHealthPath(path, healthPaths)).toBe(true),
);
test.each(["/", "/healthy", "/api", "/api/health"])("%s does not", (path) =>
  expect(isHealthPath(path, healthPaths)).toBe(false),
);
