/** A report of FINN: numbers under names, a node a key, in stream order. */
export type ReportByNode = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The report with the sum over its nodes under `total`; an efficiency is no amount. FINN: aggregate_dict_keys. */
export function withTotal(report: ReportByNode): ReportByNode {
  const total: Record<string, number> = {};
  for (const counts of Object.values(report)) {
    for (const [name, count] of Object.entries(counts)) {
      if (!name.includes("efficiency")) total[name] = (total[name] ?? 0) + count;
    }
  }
  return { ...report, total };
}
