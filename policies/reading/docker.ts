import type { Props } from "../resources";
import type { Resource } from "../stack";
import { items, text, Unknown } from "../value";
import { isFalse, isTrue } from "./flag";

export const dockerContainers = "docker:index/container:Container";
export const dockerServices = "docker:index/service:Service";

/** What a service runs; empty where a program left it out. */
export function taskOf(
  props: Props<typeof dockerServices>,
): Partial<Props<typeof dockerServices>["taskSpec"]> {
  return props.taskSpec ?? {};
}

/** Whether a container is to run once and end, such as a migration. */
export const runsOnce = (props: Props<typeof dockerContainers>): boolean => isFalse(props.mustRun);

/** A path of the host inside a container, in whichever form it was written. */
export interface HostMount {
  path: string;
  readOnly: boolean;
}

/** What a container, or a service's containers, mount from the host, by part. */
export function* hostMounts(
  resource: Resource<typeof dockerContainers | typeof dockerServices>,
): Iterable<readonly [name: string, mount: () => HostMount]> {
  const isService = resource.type === dockerServices;
  const mounts = isService ? taskOf(resource.props).containerSpec?.mounts : resource.props.mounts;
  for (const [i, mount] of items<{ type?: string; source?: string; readOnly?: boolean }>(mounts).entries()) {
    yield [
      `mount ${i + 1}`,
      () => {
        if (mount instanceof Unknown) throw mount;
        const isBind = mount?.type === "bind" || mount?.type === "npipe";
        return { path: (isBind && text(mount.source)) || "", readOnly: isTrue(mount?.readOnly) };
      },
    ];
  }
  for (const [i, volume] of items(isService ? [] : resource.props.volumes).entries()) {
    yield [
      `volume ${i + 1}`,
      () => {
        if (volume instanceof Unknown) throw volume;
        return { path: text(volume?.hostPath) ?? "", readOnly: isTrue(volume?.readOnly) };
      },
    ];
  }
}
