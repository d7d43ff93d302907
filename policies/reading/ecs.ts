import type { Props } from "../resources";
import { list, peek, text, Unknown, view } from "../value";

export const taskDefinitions = "aws:ecs/taskDefinition:TaskDefinition";
export type TaskDefinition = Props<typeof taskDefinitions>;

/** What rules read of one element of `containerDefinitions`. Programs write numbers as texts, too. */
export interface ContainerDefinition {
  name?: string;
  image?: string;
  cpu?: number | string;
  memory?: number | string;
  memoryReservation?: number | string;
  essential?: boolean;
  command?: readonly string[];
  entryPoint?: readonly string[];
  environment?: readonly { name?: string; value?: string }[];
  environmentFiles?: readonly { value?: string; type?: string }[];
  secrets?: readonly { name?: string; valueFrom?: string }[];
  dockerLabels?: Record<string, string>;
  portMappings?: readonly { containerPort?: number; hostPort?: number; protocol?: string }[];
  mountPoints?: readonly { sourceVolume?: string; containerPath?: string; readOnly?: boolean }[];
  healthCheck?: { command?: readonly string[]; interval?: number; retries?: number };
  logConfiguration?: {
    logDriver?: string;
    options?: Record<string, string>;
    secretOptions?: readonly { name?: string; valueFrom?: string }[];
  };
  linuxParameters?: { capabilities?: { add?: readonly string[]; drop?: readonly string[] } };
  resourceRequirements?: readonly { type?: string; value?: string }[];
  dockerSecurityOptions?: readonly string[];
  user?: string;
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
}

/**
 * The containers of a task definition, by the name a person knows them by. They are one JSON text: what is unknown in
 * it makes all of it unknown. A text that holds no list of objects cannot be deployed and holds no container.
 */
export function ecsContainers(
  task: TaskDefinition,
): (readonly [name: string, container: ContainerDefinition | Unknown])[] {
  const json = peek(task, "containerDefinitions") as unknown;
  if (json instanceof Unknown) return [["containers", json]];
  return list(typeof json === "string" ? parsed(json) : undefined).flatMap((element, i) => {
    if (typeof element !== "object" || element === null || Array.isArray(element)) return [];
    const container = view<ContainerDefinition>(camelCased(element) as object);
    return [[`container ${text(container.name) || i + 1}`, container] as const];
  });
}

/** Whether the task is written for Fargate, be it alone or beside EC2. */
export const isFargate = (task: TaskDefinition): boolean =>
  list(task.requiresCompatibilities).some((c) => text(c)?.toUpperCase() === "FARGATE");

/** A size of memory in MiB: a number, a text of one, or `1GB`; nothing for anything else. */
export function mebibytes(size: unknown): number | undefined {
  if (typeof size === "number") return size;
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?(gb|mb)?$/i.exec(text(size)?.trim() ?? "") ?? [];
  if (number === undefined) return undefined;
  return Number(number) * (unit?.toLowerCase() === "gb" ? 1024 : 1);
}

/** Windows containers have no user ids, read-only root or Linux capabilities. */
export const isWindows = (task: TaskDefinition): boolean =>
  text(task.runtimePlatform?.operatingSystemFamily)?.toUpperCase().startsWith("WINDOWS") === true;

function parsed(json: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The provider reads keys without regard to case, and CloudFormation's form, `MountPoints`, is common. */
function camelCased(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > 6) return value;
  if (Array.isArray(value)) return value.map((element) => camelCased(element, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const name = key.charAt(0).toLowerCase() + key.slice(1);
      return [name, keysAreTheUsers.has(name) ? field : camelCased(field, depth + 1)];
    }),
  );
}

const keysAreTheUsers = new Set(["dockerLabels", "options"]);
