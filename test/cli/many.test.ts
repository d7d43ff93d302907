import { describeWithCli, Project, root } from "./pulumi";

// Some twenty seconds on two quiet cores.
const patience = 180_000;
jest.setTimeout(2 * patience);

describeWithCli("a stack of five hundred resources", () => {
  test("is judged by every rule in reasonable time", async () => {
    const project = new Project("many");
    try {
      await project.stack("dev");
      const started = Date.now();
      const policies = { all: "advisory", "aws-s3-lifecycle": "mandatory" };
      const { status, events, told } = await project.deploy("preview", "dev", root, policies);
      expect(Date.now() - started).toBeLessThan(patience);
      const types = events.split("\n").flatMap((line) => {
        const type: string = line && JSON.parse(line).resourcePreEvent?.metadata.type;
        return type && !type.startsWith("pulumi:") ? [type] : [];
      });
      expect(types).toHaveLength(500);
      expect(status).not.toBe(0);
      const found = (rule: string) => told.filter((t) => t.policyName === rule);
      const full = found("aws-s3-lifecycle").map((t) => t.resourceUrn.split("::").at(-1));
      expect(full.sort()).toEqual(Array.from({ length: 100 }, (_, i) => `full-${i}`).sort());
      expect(found("aws-s3-versioning")).toHaveLength(200);
      expect(found("kubernetes-resources-memory-limit")).toHaveLength(100);
    } finally {
      project.remove();
    }
  });
});
