import type { Comparison } from "./comparison";

/**
 * Everything that is known of a comparison but the pictures: each frame's input is named by its
 * SHA-256, the model by its manifest's.
 * @param appVersion of Streamscope
 * @param exportedAt milliseconds since 1970
 */
export function comparisonJson(comparison: Comparison, appVersion: string, exportedAt: number): string {
  const { setup, startedAt, counts, records, unanswered } = comparison;
  const { address, info } = setup.endpoint;
  return `${JSON.stringify(
    {
      format: "streamscope-comparison",
      version: 1,
      app: { name: "Streamscope", version: appVersion },
      exportedAt: isoTime(exportedAt),
      startedAt: isoTime(startedAt),
      model: setup.model,
      endpoint: { address, ...info },
      counts,
      // The oldest are not kept for ever: then there are fewer of them than the counts say.
      frames: records.map(({ photo, takenAt, ...record }) => ({
        ...record,
        source: photo ?? "camera",
        time: isoTime(takenAt),
      })),
      unanswered: unanswered.map(({ takenAt, ...frame }) => ({ ...frame, time: isoTime(takenAt) })),
    },
    null,
    1,
  )}\n`;
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
