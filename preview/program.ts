import type { Command } from "./languages/language";
import { run } from "./process";
import type { Project } from "./project";

/** Starts the program of a project, with the command of its language. */
export const start = (
  project: Project,
  { file, args, env, leaves }: Command,
  watched: Parameters<typeof run>[1],
): ReturnType<typeof run> =>
  run(
    {
      file,
      args,
      directory: project.program.directory,
      env: { ...inherited(), ...settingsOf(project), ...env },
      leaves,
    },
    watched,
  );

/** What the Pulumi of another run, such as the one that runs us, has told its program is not for this one. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(PULUMI_(NODEJS_|CONFIG|OTEL_)|TRACEPARENT$)/.test(name),
    ),
  );

/** Where the SDK of every language looks for the settings. */
function settingsOf({ settings }: Project): Record<string, string> {
  const all = [...settings];
  const secret = all.filter(([, setting]) => setting.secret).map(([key]) => key);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(all.map(([key, { value }]) => [key, value]))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secret),
  };
}
