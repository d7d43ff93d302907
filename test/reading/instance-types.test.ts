import { instanceFamily, instanceSize } from "../../policies/reading/instance-types";

test.each([
  ["g5.xlarge", "nvidia", "x86"],
  ["gr6.4xlarge", "nvidia", "x86"],
  ["g4ad.xlarge", "amd", "x86"],
  ["g5g.xlarge", "nvidia", "arm"],
  ["p6-b200.48xlarge", "nvidia", "x86"],
  ["P3.2xlarge", "nvidia", "x86"],
  ["inf2.xlarge", "neuron", "x86"],
  ["trn1n.32xlarge", "neuron", "x86"],
  ["dl1.24xlarge", "gaudi", "x86"],
  ["dl2q.24xlarge", "qualcomm", "x86"],
  ["vt1.3xlarge", "media", "x86"],
  ["f1.2xlarge", "fpga", "x86"],
  ["m7g.large", "none", "arm"],
  ["t3.medium", "none", "x86"],
])("%s: %s, %s", (type, accelerator, architecture) => {
  expect(instanceFamily(type)).toMatchObject({ accelerator, architecture });
});

test("every line of the table is read in full", () => {
  expect(instanceSize("t3.medium")).toEqual({ vcpus: 2, memory: 4 });
  expect(instanceSize("m6g.medium")).toEqual({ vcpus: 1, memory: 4 });
  expect(instanceSize("u7in-16tb.224xlarge")).toEqual({ vcpus: 896, memory: 16384 });
});

test.each(["g99.xlarge", "t3", "", "t3.", ".large", "__proto__.large", undefined, null, 5, {}])(
  "%p is no known type",
  (type) => {
    expect(instanceSize(type)).toBeUndefined();
  },
);
