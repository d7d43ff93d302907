import { same } from "../../policies/reading/probe";
import { view } from "../../policies/value";
import { unknown } from "../support/examples";

const get = { httpGet: { path: "/health", port: 8080 } };

test("probes are the same when they ask the same in the same way", () => {
  expect(same(get, get)).toBe(true);
  expect(same(get, { ...get, failureThreshold: 3, periodSeconds: 10 })).toBe(true);
  expect(same(get, { httpGet: { ...get.httpGet, port: "8080", scheme: "HTTP" } })).toBe(true);
  expect(same({ exec: { command: ["a", "b"] } }, { exec: { command: ["a", "b"] } })).toBe(true);
});

test("any difference makes two of them", () => {
  expect(same(get, { ...get, failureThreshold: 10 })).toBe(false);
  expect(same(get, { tcpSocket: { port: 8080 } })).toBe(false);
  expect(same(get, { httpGet: { ...get.httpGet, path: "/ready" } })).toBe(false);
  expect(same({ exec: { command: ["a"] } }, { exec: { command: ["a", "b"] } })).toBe(false);
});

test("an unknown value decides only where nothing known differs", () => {
  const open = view<object>({ httpGet: { path: unknown, port: 8080 } });
  expect(() => same(open, get)).toThrow("httpGet.path");
  expect(same(open, { httpGet: { path: "/health", port: 9090 } })).toBe(false);
});
