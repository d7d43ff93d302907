import type { ExampleResource } from "../example";
import type { Props } from "../resources";

type ContainerProps = Props<"docker:index/container:Container">;
type TaskSpec = Props<"docker:index/service:Service">["taskSpec"];

export const container = (name: string, props: Partial<ContainerProps> = {}): ExampleResource => ({
  type: "docker:index/container:Container",
  name,
  props: { image: `registry.example.com/${name}:1.4.2`, ...props },
});

export function service(
  name: string,
  {
    containerSpec,
    ...task
  }: Omit<TaskSpec, "containerSpec"> & { containerSpec?: Partial<TaskSpec["containerSpec"]> },
  props: Partial<Props<"docker:index/service:Service">> = {},
): ExampleResource {
  const image = `registry.example.com/${name}:1.4.2`;
  return {
    type: "docker:index/service:Service",
    name,
    props: { taskSpec: { ...task, containerSpec: { image, ...containerSpec } }, ...props },
  };
}
