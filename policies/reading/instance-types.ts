import { table } from "./instance-table";

/** What computes beside the CPU; `media` encodes video. */
export type Accelerator = "nvidia" | "amd" | "neuron" | "gaudi" | "qualcomm" | "fpga" | "media" | "none";

interface Family {
  architecture: "x86" | "arm";
  accelerator: Accelerator;
  sizes: ReadonlyMap<string, Size>;
}

interface Size {
  vcpus: number;
  /** In GiB. */
  memory: number;
}

let families: ReadonlyMap<string, Family> | undefined;

/** The family of an EC2 instance type, from AWS's own data; nothing for one that the table does not know. */
export function instanceFamily(type: unknown): Family | undefined {
  // Read when it is first asked for, so that the start of the pack does not pay for it.
  families ??= read();
  return families.get(split(type)[0]);
}

/** The vCPUs and the memory of an EC2 instance type; nothing for one that the table does not know. */
export const instanceSize = (type: unknown): Size | undefined =>
  instanceFamily(type)?.sizes.get(split(type)[1]);

function split(type: unknown): [family: string, size: string] {
  const [family = "", size = ""] = typeof type === "string" ? type.toLowerCase().split(".") : [];
  return [family, size];
}

function read(): ReadonlyMap<string, Family> {
  return new Map(
    table
      .trim()
      .split("\n")
      .map((line) => {
        const [name = "", architecture, accelerator, ...sizes] = line.split(" ");
        return [
          name,
          {
            architecture: architecture as Family["architecture"],
            accelerator: accelerator as Accelerator,
            sizes: new Map(
              sizes.map((entry) => {
                const [size = "", vcpus, memory] = entry.split(":");
                return [size, { vcpus: Number(vcpus), memory: Number(memory) }];
              }),
            ),
          },
        ];
      }),
  );
}
