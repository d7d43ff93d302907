import { dockerContainers, dockerServices, hostMounts } from "../../policies/reading/docker";
import { Stack } from "../../policies/stack";
import { attempt, type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

function mounts(type: typeof dockerContainers | typeof dockerServices, inputs: Raw) {
  const [resource] = new Stack([{ urn: urnOf(type, "api"), type, name: "api", inputs }]).all(type);
  if (!resource) throw new Error("The stack has one resource.");
  return [...hostMounts(resource)].map(([name, mount]) => {
    const read = attempt(mount);
    return [name, read instanceof Unknown ? "?" : `${read.path}${read.readOnly ? " (read-only)" : ""}`];
  });
}

test("mounts and volumes of a container", () => {
  const written = {
    mounts: [
      { type: "bind", source: "/srv", target: "/a" },
      { type: "volume", source: "data", target: "/b" },
      { type: "bind", source: unknown, target: "/c" },
    ],
    volumes: [{ hostPath: "/etc", containerPath: "/d", readOnly: true }, { volumeName: "data" }],
  };
  expect(mounts(dockerContainers, written)).toEqual([
    ["mount 1", "/srv"],
    ["mount 2", ""],
    ["mount 3", "?"],
    ["volume 1", "/etc (read-only)"],
    ["volume 2", ""],
  ]);
});

test("mounts of a service", () => {
  const taskSpec = { containerSpec: { mounts: [{ type: "bind", source: "/srv", target: "/a" }] } };
  expect(mounts(dockerServices, { taskSpec })).toEqual([["mount 1", "/srv"]]);
  expect(mounts(dockerServices, {})).toEqual([]);
});
