import type { ExampleResource } from "../example";
import type { Props } from "../resources";

/** A task definition for examples; containers without a name are called `api`. */
export const task = (
  name: string,
  containers: readonly object[],
  props: Partial<Props<"aws:ecs/taskDefinition:TaskDefinition">> = {},
): ExampleResource => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name,
  props: {
    family: name,
    containerDefinitions: JSON.stringify(
      containers.map((container) => ({ name: "api", image: "registry.example.com/api:1.4.2", ...container })),
    ),
    ...props,
  },
});

export const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
