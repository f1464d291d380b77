import { startTransition, useEffect, useState } from "react";
import type { DataType } from "../../graph/datatype";
import { inSlices } from "../kit/in-slices";
import type { FeatureMap } from "./model/feature-map";
import { type MapStatistics, mapStatistics } from "./model/map-statistics";
import { type Scale, scaleOf } from "./model/shades";

/** A map with what was counted of it. */
export interface Shown {
  readonly map: FeatureMap;
  readonly scale: Scale;
  readonly statistics: MapStatistics;
}

/** Counts a map's values, up to a million, in slices; null until that is done, and without a map. */
export function useCounted(map: FeatureMap | null, datatype: DataType): Shown | null {
  const [counted, setCounted] = useState<Shown | null>(null);
  useEffect(() => {
    if (!map) return;
    return inSlices(mapStatistics(map, datatype), (statistics) => {
      // What comes of it is a whole view anew: that too may be interrupted.
      startTransition(() => setCounted({ map, scale: scaleOf(datatype, map), statistics }));
    });
  }, [map, datatype]);
  return counted?.map === map ? counted : null;
}
