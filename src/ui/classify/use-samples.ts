import { useQuery } from "@tanstack/react-query";
import { loadSamples, type Sample } from "../../inputs/samples";
import { toFailure } from "../session/failure";

/** The sample photos, once they are there; `failure` says why they are not, `retry` fetches again. */
export function useSamples(): { samples: readonly Sample[]; failure: string | null; retry(): void } {
  const { data, error, refetch } = useQuery({
    queryKey: ["samples"],
    queryFn: ({ signal }) => loadSamples({ base: document.baseURI, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
  return {
    samples: data ?? [],
    failure: error ? toFailure(error).message : null,
    retry: () => void refetch(),
  };
}
