import { z } from "zod";
import { rule } from "../../rule";

const groups = "aws:autoscaling/group:Group";

export default rule({
  id: "aws-autoscaling-range",
  title: "Auto scaling groups have room to grow.",
  severity: "medium",
  why: "A group whose maximum is its minimum never scales, whatever its policies say.",
  fix: "Set `maxSize` above `minSize`.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html"],
  checklists: ["api-assistant", "foundational"],

  on: [groups],
  config: z.strictObject({}),

  check({ minSize, maxSize }) {
    if (!(Number(maxSize) > Number(minSize)))
      return `has no room to grow: from ${Number(minSize)} to ${Number(maxSize)}`;
  },

  examples: {
    good: [
      {
        title: "From two to six",
        resources: [{ type: groups, name: "api", props: { minSize: 2, maxSize: 6 } }],
      },
    ],
    bad: [
      { title: "Always two", resources: [{ type: groups, name: "api", props: { minSize: 2, maxSize: 2 } }] },
      { title: "None at all", resources: [{ type: groups, name: "api", props: { minSize: 0, maxSize: 0 } }] },
    ],
  },
});
