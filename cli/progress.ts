/** A line on stderr that says how far several programs are; only where a person watches. */
export interface Progress {
  resources(path: string, count: number): void;
  /** A line that a program wrote itself. */
  output(path: string, line: string): void;
  done(path: string): void;
}

export function progress(paths: readonly string[], stream: NodeJS.WriteStream = process.stderr): Progress {
  const running = new Map<string, number>();
  let finished = 0;
  const clear = () => stream.isTTY && stream.write("\r\u001b[2K");
  const show = () => {
    if (!stream.isTTY || finished === paths.length) return;
    const each = [...running].map(([path, count]) => `${path} ${count}`).join(", ");
    const line = `Checking ${finished}/${paths.length}: ${each}`;
    stream.write(`\r\u001b[2K${line.slice(0, (stream.columns || 80) - 1)}`);
  };
  return {
    resources(path, count) {
      running.set(path, count);
      show();
    },
    output(path, line) {
      clear();
      stream.write(`${path} | ${line}\n`);
      show();
    },
    done(path) {
      running.delete(path);
      finished++;
      clear();
      show();
    },
  };
}
