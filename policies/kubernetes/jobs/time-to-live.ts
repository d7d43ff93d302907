import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import { isSet, items } from "../../value";

const jobs = "kubernetes:batch/v1:Job";
const jobLists = "kubernetes:batch/v1:JobList";

export default rule({
  id: "kubernetes-jobs-time-to-live",
  title: "A finished Job is removed.",
  severity: "low",
  why: "Finished Jobs and their pods stay for ever: they fill the API server and hide what runs.",
  fix: "Set `ttlSecondsAfterFinished`.",
  links: ["https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/"],
  controls: { kubeLinter: ["job-ttl-seconds-after-finished"] },
  checklists: ["api-assistant"],

  // A CronJob removes its Jobs by its history limits.
  on: [jobs, jobLists],
  config: z.strictObject({}),

  *each(_, { resource }) {
    if (resource.type === jobs) yield ["", resource.props as Job];
    else for (const [i, job] of items(resource.props.items as Job[]).entries()) yield [`item ${i + 1}`, job];
  },
  check: (job: Job) =>
    isSet(job?.spec ?? {}, "ttlSecondsAfterFinished") ? undefined : "stays after it has finished",
  examples: {
    good: [
      {
        title: "A day",
        resources: [
          { type: jobs, name: "migrate", props: { spec: { ttlSecondsAfterFinished: 86_400, template: {} } } },
        ],
      },
      {
        title: "At once",
        resources: [
          { type: jobs, name: "migrate", props: { spec: { ttlSecondsAfterFinished: 0, template: {} } } },
        ],
      },
    ],
    bad: [
      { title: "Not said", resources: [{ type: jobs, name: "migrate", props: { spec: { template: {} } } }] },
      {
        title: "One of a list",
        resources: [
          {
            type: jobLists,
            name: "all",
            props: {
              items: [{ spec: { template: {}, ttlSecondsAfterFinished: 60 } }, { spec: { template: {} } }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A specification from outside the stack",
        resources: [{ type: jobs, name: "migrate", props: { spec: ref<never>("elsewhere", "job") } }],
      },
    ],
  },
});

interface Job {
  spec?: { ttlSecondsAfterFinished?: number };
}
