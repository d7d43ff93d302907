import { z } from "zod";
import { task } from "../../examples/ecs";
import { mebibytes, taskDefinitions } from "../../reading/ecs";
import { notApplicable, rule } from "../../rule";
import { isSet, text } from "../../value";

export default rule({
  id: "aws-ecs-minimum-size",
  title: "ECS tasks have the size that the application needs.",
  severity: "low",
  why: "The checklist asks for 2 vCPU and 4 GB: below that the application is killed or crawls under its first real load.",
  fix: "Raise `cpu` and `memory` of the task definition, or the rule's options where the application needs less.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"],
  checklists: ["textai-studio"],

  on: [taskDefinitions],
  config: z.strictObject({
    cpu: z.number().nonnegative().default(2048).describe("The least CPU, in units of 1/1024 vCPU."),
    memory: z.number().nonnegative().default(4096).describe("The least memory, in MiB."),
  }),

  check(task, { config }) {
    if (!isSet(task, "cpu") && !isSet(task, "memory")) return notApplicable("has no size of its own");
    const cpu = isSet(task, "cpu") ? units(task.cpu) : undefined;
    const memory = isSet(task, "memory") ? mebibytes(task.memory) : undefined;
    const small = [
      cpu !== undefined && cpu < config.cpu && `${cpu} CPU units of ${config.cpu}`,
      memory !== undefined && memory < config.memory && `${memory} MiB of ${config.memory}`,
    ].filter(Boolean);
    if (small.length > 0) return `has ${small.join(" and ")}`;
  },

  examples: {
    good: [
      { title: "2 vCPU and 4 GB", resources: [task("app", [{}], { cpu: "2048", memory: "4096" })] },
      { title: "The same in words", resources: [task("app", [{}], { cpu: "2 vCPU", memory: "4 GB" })] },
      { title: "No size of its own", resources: [task("app", [{ memory: 512 }])] },
      {
        title: "As much as the application needs",
        config: { cpu: 256, memory: 512 },
        resources: [task("app", [{}], { cpu: "256", memory: "512" })],
      },
    ],
    bad: [
      { title: "A quarter of a vCPU", resources: [task("app", [{}], { cpu: "256", memory: "512" })] },
      { title: "Too little memory", resources: [task("app", [{}], { cpu: "2048", memory: "2GB" })] },
    ],
  },
});

/** CPU units: a number, a text of one, or `.5 vCPU`. */
function units(cpu: unknown): number | undefined {
  if (typeof cpu === "number") return cpu;
  const [, number, unit] = /^(\d*\.?\d+) ?(vcpu)?$/i.exec(text(cpu)?.trim() ?? "") ?? [];
  return number === undefined ? undefined : Number(number) * (unit ? 1024 : 1);
}
