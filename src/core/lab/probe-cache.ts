/** The form in which answers of Pythons are kept between calls. */
import * as v from 'valibot';
import { ProbeSchema } from './probe.js';

const StampSchema = v.object({ path: v.string(), mtimeMs: v.number(), size: v.number() });
const RememberedSchema = v.object({
  key: v.string(),
  probe: ProbeSchema,
  /** Files as they were: when one of them has changed, the answer is no longer good. */
  stamps: v.array(StampSchema),
});
const ProbeCacheSchema = v.object({ version: v.literal(1), remembered: v.array(RememberedSchema) });

export type Stamp = v.InferOutput<typeof StampSchema>;
export type RememberedProbe = v.InferOutput<typeof RememberedSchema>;

/** What a cache file holds; nothing when it is not ours or damaged. */
export function readProbeCache(json: string): readonly RememberedProbe[] {
  try {
    const result = v.safeParse(ProbeCacheSchema, JSON.parse(json));
    return result.success ? result.output.remembered : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** @param remembered newest first. */
export function writeProbeCache(remembered: readonly RememberedProbe[]): string {
  return `${JSON.stringify({ version: 1, remembered: remembered.slice(0, maxRemembered) })}\n`;
}

const maxRemembered = 40;
