import { z } from "zod";
import { ref } from "../../example";
import { dockerSize } from "../../reading/dockerSize";
import { rule } from "../../rule";
import { attempt, Unknown } from "../../value";

const size = z.string().refine((s) => dockerSize(s) !== undefined, "a size such as 10m");

export default rule({
  id: "docker-logs-rotation",
  title: "Docker rotates the logs it keeps on the host.",
  severity: "high",
  why: "The default driver writes to one file that grows for ever: the disk fills up, and with it everything on the host stops.",
  fix: 'Set the log options `max-size: "10m"` and `max-file: "3"`, or use the `local` driver or one that ships the logs away.',
  links: ["https://docs.docker.com/engine/logging/drivers/json-file/"],
  checklists: ["api-assistant", "foundational", "textai-studio"],

  on: ["docker:index/container:Container", "docker:index/service:Service"],
  config: z.strictObject({
    maxSize: size.default("10m").describe("The largest size of one log file, as Docker writes it."),
    maxFile: z.int().min(1).default(5).describe("The most files that may be kept."),
  }),

  check(_, { resource, config }) {
    const log = () =>
      resource.type === "docker:index/service:Service" ? ofService(resource.props) : resource.props;
    const driver = attempt(() => log().logDriver || "json-file");
    if (!(driver instanceof Unknown) && driver !== "json-file") return;
    const wrong = tooLarge(log().logOpts ?? {}, config);
    // Another driver than json-file rotates by itself, or keeps nothing here.
    if (wrong && driver instanceof Unknown) throw driver;
    return wrong;
  },

  examples: {
    good: [
      {
        title: "Ten megabytes in three files",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: {
              image: "api:1",
              logDriver: "json-file",
              logOpts: { "max-size": "10m", "max-file": "3" },
            },
          },
        ],
      },
      {
        title: "One file, its size in bytes",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1", logOpts: { "max-size": "10485760" } },
          },
        ],
      },
      {
        title: "Ten mebibytes, as kibibytes or bytes",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1", logOpts: { "max-size": "10240k" } },
          },
          {
            type: "docker:index/container:Container",
            name: "web",
            props: { image: "web:1", logOpts: { "max-size": "10485760" } },
          },
        ],
      },
      {
        title: "The local driver rotates by itself",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1", logDriver: "local" },
          },
        ],
      },
      {
        title: "A service that ships its logs away",
        resources: [
          {
            type: "docker:index/service:Service",
            name: "api",
            props: { taskSpec: { containerSpec: { image: "api:1" }, logDriver: { name: "awslogs" } } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Nothing set",
        resources: [{ type: "docker:index/container:Container", name: "api", props: { image: "api:1" } }],
      },
      {
        title: "A number of files without a size",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1", logDriver: "json-file", logOpts: { "max-file": "3" } },
          },
        ],
      },
      {
        title: "Files that are too large, and unlimited ones",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1", logOpts: { "max-size": "1G" } },
          },
          {
            type: "docker:index/container:Container",
            name: "web",
            props: { image: "web:1", logOpts: { "max-size": "-1" } },
          },
        ],
      },
      {
        title: "Too many files of a service",
        resources: [
          {
            type: "docker:index/service:Service",
            name: "api",
            props: {
              taskSpec: {
                containerSpec: { image: "api:1" },
                logDriver: { name: "json-file", options: { "max-size": "10m", "max-file": "100" } },
              },
            },
          },
        ],
      },
      {
        title: "A service with nothing set",
        resources: [
          {
            type: "docker:index/service:Service",
            name: "api",
            props: { taskSpec: { containerSpec: { image: "api:1" } } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A driver that comes from elsewhere",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1", logDriver: ref("settings", "driver") },
          },
        ],
      },
    ],
  },
});

interface Log {
  logDriver?: string;
  logOpts?: Record<string, string>;
}

function ofService({
  taskSpec,
}: {
  taskSpec: { logDriver?: { name?: string; options?: Record<string, string> } };
}): Log {
  const { name, options } = taskSpec?.logDriver ?? {};
  return { logDriver: name, logOpts: options };
}

function tooLarge(
  options: Record<string, string>,
  config: { maxSize: string; maxFile: number },
): string | undefined {
  const written = options["max-size"];
  const bytes = dockerSize(written);
  if (!written || !bytes) return "keeps its log in a file of unlimited size";
  // Docker counts in thousands; who writes `10240k` or `10485760` means the same ten megabytes.
  if (bytes > Number(dockerSize(config.maxSize, 1024)))
    return `lets a log file grow to ${written}; ${config.maxSize} is the most`;
  const files = options["max-file"];
  if (Number(files) > config.maxFile) return `keeps ${files} log files; ${config.maxFile} are the most`;
  return undefined;
}
