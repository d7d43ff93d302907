import type { Registration } from "../../policies/stack";

/** Finds a registration by its name, of which there must be one. */
export const among =
  (registrations: readonly Registration[]) =>
  (name: string): Registration => {
    const [only, ...others] = registrations.filter((r) => r.name === name);
    if (!only || others.length > 0)
      throw new Error(`${registrations.length} resources, not one called ${name}`);
    return only;
  };

/** Where in the program a resource is made, and by whom. */
export const lines = (r: Registration) => r.trail?.map(({ file, line }) => `${file}:${line}`);
