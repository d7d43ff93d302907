import { ecsContainers, isFargate, type TaskDefinition } from "../../policies/reading/ecs";
import { Unknown, view } from "../../policies/value";
import { unknown } from "../support/examples";

const task = (containerDefinitions: unknown) =>
  view<TaskDefinition>({ family: "api", containerDefinitions: containerDefinitions as string });
const read = (value: unknown) => ecsContainers(task(JSON.stringify(value)));

test("each container is called by its name, or by its place", () => {
  expect(read([{ name: "api", image: "api:1" }, { image: "proxy:1" }])).toEqual([
    ["container api", { name: "api", image: "api:1" }],
    ["container 2", { image: "proxy:1" }],
  ]);
});

test("keys are read in CloudFormation's case, too; labels and options are left alone", () => {
  const [[, container] = []] = read([
    {
      Name: "api",
      LogConfiguration: { LogDriver: "awslogs", Options: { "Awslogs-Group": "api" } },
      DockerLabels: { Team: "core" },
      Environment: [{ Name: "PORT", Value: "80" }],
    },
  ]);
  expect(container).toEqual({
    name: "api",
    logConfiguration: { logDriver: "awslogs", options: { "Awslogs-Group": "api" } },
    dockerLabels: { Team: "core" },
    environment: [{ name: "PORT", value: "80" }],
  });
});

test.each([unknown, `[{"name":"api","image":"${unknown}"}]`])(
  "what is unknown in it makes it unknown",
  (text) => {
    expect(ecsContainers(task(text))).toEqual([["containers", expect.any(Unknown)]]);
  },
);

test.each(["", "not json", "{}", "null", '"text"', '[null, 1, "a", []]', undefined, 5, null])(
  "%j holds no container",
  (text) => {
    expect(ecsContainers(task(text))).toEqual([]);
  },
);

test("deep and hostile JSON is read without harm", () => {
  const deep = `[{"name":"api","a":${"[".repeat(50_000)}${"]".repeat(50_000)}}]`;
  expect(ecsContainers(task(deep)).map(([name]) => name)).toEqual(["container api"]);
  ecsContainers(task('[{"__proto__":{"polluted":true},"constructor":{"name":"x"}}]'));
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("Fargate is told whatever the case", () => {
  const fargate = (requiresCompatibilities: string[]) =>
    isFargate(view<TaskDefinition>({ family: "api", requiresCompatibilities }));
  expect(fargate(["EC2", "FARGATE"])).toBe(true);
  expect(fargate(["fargate"])).toBe(true);
  expect(fargate(["EC2"])).toBe(false);
});
