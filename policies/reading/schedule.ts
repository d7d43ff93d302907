/**
 * The longest time, in hours, that a schedule of AWS leaves between two of its runs: `rate(…)`, or `cron(…)` with six
 * fields. Infinite where it never runs again; nothing where AWS could not read it. Time zones are left out: the hour
 * that a clock is moved makes no daily schedule less than daily.
 */
export function longestGap(expression: string, now = new Date()): number | undefined {
  const [, kind = "cron", within = ""] =
    /^\s*(?:(cron|rate|at)\s*\()?([^()]*)\)?\s*$/.exec(expression.slice(0, 300)) ?? [];
  if (kind === "at") return Number.POSITIVE_INFINITY;
  if (kind === "rate") return rate(within.trim());
  const fields = within.trim().split(/\s+/);
  return fields.length === 6 ? cron(fields, now.getUTCFullYear()) : undefined;
}

const hours = new Map([
  ["minute", 1 / 60],
  ["hour", 1],
  ["day", 24],
]);

function rate(within: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,9})\s+(minute|hour|day)s?$/.exec(within) ?? [];
  const each = hours.get(unit);
  return each && Number(count) > 0 ? Number(count) * each : undefined;
}

/** Long enough to hold two leap days, whatever the year. */
const horizon = 12;

function cron(fields: readonly string[], thisYear: number): number | undefined {
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  const minutes = numbers(minute, 0, 59);
  const of = numbers(hour, 0, 23);
  const months = numbers(month, 1, 12, monthNames);
  const years = numbers(year, 1970, 2199);
  const fallsOn = both(inMonth(dayOfMonth), inWeek(dayOfWeek));
  if (!minutes || !of || !months || !years || !fallsOn) return undefined;

  const times = [...of].flatMap((h) => [...minutes].map((m) => h * 60 + m)).sort((a, b) => a - b);
  const first = times[0] ?? 0;
  const withinDay = Math.max(0, ...times.map((time, i) => time - (times[i - 1] ?? time)));
  let longest = withinDay;
  let runs = 0;
  let last = Date.UTC(thisYear, 0, 1) / aMinute;
  for (let y = thisYear; y < thisYear + horizon; y++) {
    if (!years.has(y)) continue;
    for (let date = new Date(Date.UTC(y, 0, 1)); date.getUTCFullYear() === y; date = after(date)) {
      if (!months.has(date.getUTCMonth() + 1) || !fallsOn(date)) continue;
      const midnight = date.getTime() / aMinute;
      longest = Math.max(longest, midnight + first - last);
      last = midnight + (times.at(-1) ?? 0);
      runs += times.length;
    }
  }
  return runs < 2 ? Number.POSITIVE_INFINITY : longest / 60;
}

const aMinute = 60_000;
const after = (date: Date, days = 1) => new Date(date.getTime() + days * 1440 * aMinute);
const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The numbers of `*`, `5`, `1,3`, `2-4`, `0/15`, `MON-FRI`; nothing where it cannot be read. */
function numbers(
  field: string,
  from: number,
  to: number,
  names: readonly string[] = [],
): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of field.toUpperCase().split(",")) {
    const [, first = "", last, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const value = (text: string) => (names.includes(text) ? names.indexOf(text) + 1 : number(text));
    const all = first === "*" || first === "?";
    const start = all ? from : value(first);
    const end = all || (last === undefined && step !== undefined) ? to : value(last ?? first);
    const by = step === undefined ? 1 : Number(step);
    if (!isWithin(start, from, to) || !isWithin(end, from, to) || by < 1) return undefined;
    // FRI-MON goes on past the end.
    const length = end >= start ? end - start : end - start + (to - from + 1);
    for (let i = 0; i <= length; i += by) found.add(from + ((start - from + i) % (to - from + 1)));
  }
  return found;
}

const number = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN);
const isWithin = (value: number, from: number, to: number) => value >= from && value <= to;

type Falls = (date: Date) => boolean;

const both = (one: Falls | undefined, other: Falls | undefined): Falls | undefined =>
  one && other && ((date) => one(date) && other(date));

/** Whether a date is one of a day-of-month field: numbers, `L` for the last, `15W` for the weekday nearest to it. */
function inMonth(field: string): Falls | undefined {
  const all = field.split(",").map((part): Falls | undefined => {
    if (part === "L") return isLast;
    if (part === "LW") return isLastWeekday;
    const weekday = /^(\d{1,2})W$/.exec(part)?.[1];
    if (weekday) return nearest(Number(weekday));
    const days = numbers(part, 1, 31);
    return days && ((date) => days.has(date.getUTCDate()));
  });
  return any(all);
}

/** Whether a date is one of a day-of-week field, where 1 is Sunday: numbers, names, `L`, `5L`, `3#2`. */
function inWeek(field: string): Falls | undefined {
  const all = field
    .toUpperCase()
    .split(",")
    .map((part): Falls | undefined => {
      if (part === "L") return (date) => date.getUTCDay() === 6;
      const [, name = "", sign, nth] = /^([1-7]|[A-Z]{3})(?:(L)|#([1-5]))$/.exec(part) ?? [];
      const days = numbers(name || part, 1, 7, dayNames);
      if (!days) return undefined;
      const falls: Falls = (date) => days.has(date.getUTCDay() + 1);
      if (sign) return (date) => falls(date) && after(date, 7).getUTCMonth() !== date.getUTCMonth();
      if (nth) return (date) => falls(date) && Math.ceil(date.getUTCDate() / 7) === Number(nth);
      return falls;
    });
  return any(all);
}

const any = (all: readonly (Falls | undefined)[]): Falls | undefined =>
  all.includes(undefined) ? undefined : (date) => all.some((falls) => falls?.(date));

const isLast: Falls = (date) => after(date).getUTCDate() === 1;
const isLastWeekday: Falls = (date) => {
  const day = date.getUTCDay();
  const next = after(date, day === 5 ? 3 : 1);
  return day > 0 && day < 6 && next.getUTCMonth() !== date.getUTCMonth();
};

/** The weekday nearest to a day, in the same month. */
function nearest(day: number): Falls | undefined {
  if (!isWithin(day, 1, 31)) return undefined;
  return (date) => {
    const wanted = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day));
    if (wanted.getUTCMonth() !== date.getUTCMonth()) return false;
    const weekday = wanted.getUTCDay();
    const shift = weekday === 6 ? (day === 1 ? 2 : -1) : weekday === 0 ? (isLast(wanted) ? -2 : 1) : 0;
    return after(wanted, shift).getTime() === date.getTime();
  };
}
